using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators.Pathwise;

/// <summary>What REBAR and RELAX learn about their control variates: the gradient of −½‖g‖², g the update by the logits of one draw,
/// against central differences with the same noise.</summary>
public class RelaxedControlTests
{
    private const float Step = 1f / 64;

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2-2")]
    [InlineData("3-2-2 darn prior,likelihood")]
    [InlineData("3-2-1-1 tanh 3")]
    public void Scales_and_networks_follow_the_gradient_of_the_squared_update_exactly_and_temperatures_nearly(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var estimator = new Relax();
        estimator.Begin(machine, new TrainingSettings { BaselineWidth = 3, Temperature = 0.8 }, 1);
        Randomize(estimator);
        var sample = new MachineSample(machine);
        var example = new BitMatrix(1, 3) { [0, 1] = true };
        estimator.Sample(machine, sample, example, 1, new StreamKey(5, StreamPurpose.Wake), WorkerTeam.Single);
        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        Square(estimator, machine, sample);
        double[][] gradients = [.. estimator.Parameters.Select(parameter => States.TakeGradient([parameter]))];
        foreach ((int p, Parameter parameter) in estimator.Parameters.Index())
        {
            double[] exact = Differences(parameter, () => Square(estimator, machine, sample));
            for (int i = 0; i < exact.Length; i++)
            {
                bool isTemperature = parameter.Name == "control.shapes" && i % 2 == 0;
                double tolerance = isTemperature ? 0.05 : 0.005;
                Assert.Equal(-exact[i], gradients[p][i], tolerance * (0.1 + Math.Abs(exact[i])));
            }
        }
    }

    /// <summary>½ Σ_l ‖g_l‖²: with one draw, the gradient of a layer's biases is its g.</summary>
    private static double Square(Relax estimator, HelmholtzMachine machine, MachineSample sample)
    {
        foreach (Parameter parameter in estimator.Parameters) parameter.ClearGradient();
        estimator.AccumulateWake(machine, sample, [1f], 1, WorkerTeam.Single);
        double square = machine.Recognition.Layers.Sum(layer => layer.OutputBiases.Gradient.Row(0).ToArray().Sum(g => 0.5 * g * g));
        States.TakeGradient(machine.Parameters);
        return square;
    }

    private static double[] Differences(Parameter parameter, Func<double> f)
    {
        List<double> differences = [];
        for (int r = 0; r < parameter.Value.Rows; r++)
        {
            for (int c = 0; c < parameter.Value.Columns; c++)
            {
                float before = parameter.Value[r, c];
                parameter.Value[r, c] = before + Step;
                double above = f();
                parameter.Value[r, c] = before - Step;
                differences.Add((above - f()) / (2 * Step));
                parameter.Value[r, c] = before;
            }
        }

        return [.. differences];
    }

    private static void Randomize(Relax estimator)
    {
        var stream = new RandomStream(new StreamKey(2, StreamPurpose.Data));
        foreach (Parameter parameter in estimator.Parameters.Skip(1))
        {
            for (int r = 0; r < parameter.Value.Rows; r++) stream.FillNormal(parameter.Value.Row(r), 0.5);
        }
    }
}
