using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Diagnostics;

public class PriorMeanTests
{
    [Theory]
    [InlineData("3-4", 1e-6)]
    [InlineData("3-4 darn visible", 1e-6)]
    [InlineData("3-4 darn", 0.03)]
    [InlineData("3-2-6 darn prior", 0.03)]
    public void It_is_the_share_of_dreams_in_which_a_unit_is_on(string description, double tolerance)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        int units = machine.LayerSizes[^1];
        double[] exact = new double[units];
        foreach (double[][] state in Enumerable.Range(0, 1 << units).Select(number => Enumerable
            .Repeat<double[]>([], machine.LayerSizes.Count - 1).Append(ReferenceMachine.Bits(number, units)).ToArray()))
        {
            double p = Math.Exp(reference.LogGenerative(state, machine.LayerSizes.Count - 1));
            for (int i = 0; i < units; i++) exact[i] += p * state[^1][i];
        }

        float[] mean = new float[units];
        new PriorMean(1).Compute(machine, mean);
        for (int i = 0; i < units; i++) Assert.Equal(exact[i], mean[i], tolerance);
    }

    [Fact]
    public void The_same_noise_gives_the_same_mean_and_costs_no_memory()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-4 darn");
        PriorMean prior = new(1);
        float[] first = new float[4], second = new float[4];
        prior.Compute(machine, first);
        long before = GC.GetAllocatedBytesForCurrentThread();
        prior.Compute(machine, second);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, second);
    }
}
