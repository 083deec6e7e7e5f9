using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators.Pathwise;

public class StraightThroughTests
{
    [Theory]
    [InlineData("4-3")]
    [InlineData("4-3 tanh 3")]
    [InlineData("4-3 darn visible")]
    [InlineData("4-3 darn prior,likelihood")]
    [InlineData("4-3 darn recognition")]
    [InlineData("4-3 tanh 3 darn")]
    public void What_moves_a_draw_is_the_gradient_of_the_learning_signal_by_its_bits(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        List<double[][]> states = reference.LatentStates(reference.Visible(5));
        Estimator estimator = EveryEstimator.Create("straight-through", machine);
        estimator.AccumulateWake(machine, States.Fill(machine, states), [.. states.Select(_ => 1f)], 1, WorkerTeam.Single);
        Matrix slopes = ((StraightThrough)estimator).Slopes(0);
        for (int r = 0; r < states.Count; r++)
        {
            for (int i = 0; i < machine.LayerSizes[1]; i++) Assert.Equal(Derivative(reference, states[r], i), slopes[r, i], 1e-5);
        }
    }

    /// <summary>By one unit's value, those behind it moving along as their means do.</summary>
    private static double Derivative(ReferenceMachine reference, double[][] state, int unit)
    {
        const double h = 1e-5;
        return (At(h) - At(-h)) / (2 * h);

        double At(double step)
        {
            double[] moved = [.. state[1]];
            moved[unit] += step;
            double[][] there = [state[0], moved];
            for (int behind = unit + 1; behind < moved.Length; behind++)
                moved[behind] += Sigmoid.Reference(reference.RecognitionLogits(there, 0)[behind]) - Sigmoid.Reference(reference.RecognitionLogits(state, 0)[behind]);
            return reference.LogJoint(there) - reference.LogRecognition(there);
        }
    }
}
