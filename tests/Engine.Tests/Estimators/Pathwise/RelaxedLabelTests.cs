using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators.Pathwise;

public class RelaxedLabelTests
{
    [Theory]
    [InlineData("3-2 labels 3", -1)]
    [InlineData("3-2 labels 3", 1)]
    [InlineData("3-2-2 tanh 3 labels 2", -1)]
    public void The_learning_signal_at_the_mean_field_is_that_of_its_definition(string description, int observedLabel)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine, observedLabel);
        double[] x = [1, 0, 1];
        var relaxed = new RelaxedExplanations(machine);
        relaxed.Relax(machine, States.Fill(machine, [reference.LatentStates(x)[0]], 1, observedLabel), 1, new MeanField(), WorkerTeam.Single);
        relaxed.Differentiate(machine, WorkerTeam.Single, judges: true);
        double[] signal = new double[1];
        relaxed.ComputeSignals(machine, 1, signal, WorkerTeam.Single);
        double[][] state = [x, .. machine.LayerSizes.Skip(1).Select((_, l) => relaxed.Values(l + 1).Row(0).ToArray().Select(v => (double)v).ToArray())];
        Assert.Equal(1, state[^1].Take(machine.Settings.Classes).Sum(), 1e-6);
        Assert.Equal(reference.LogJoint(state) - reference.LogRecognition(state), signal[0], 1e-5);
    }
}
