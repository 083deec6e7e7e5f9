using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Tests.Training;

namespace DreamViz.Engine.Tests.Diagnostics;

public class DreamProbeTests
{
    private static readonly ModelSettings Ordered = new() { LatentLayers = [12, 6, 4], WeightDeviation = 1.5, Autoregressive = AutoregressiveParts.All };
    private static readonly ModelSettings Deep = new() { LatentLayers = [12, 6, 4], HiddenLayers = [5], WeightDeviation = 1.5 };

    [Fact]
    public void The_same_noise_dreams_the_same_dream()
    {
        HelmholtzMachine machine = Machine(Deep);
        DreamProbe first = Draw(machine, 4), second = Draw(machine, 4);
        Assert.Equal(Everything(first), Everything(second));
        first.Draw(machine, []);
        Assert.Equal(Everything(second), Everything(first));
        DreamProbe other = new(machine.LayerSizes, 4, 8);
        other.Draw(machine, []);
        Assert.NotEqual(Everything(first), Everything(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(33)]
    [InlineData(64)]
    public void A_dream_does_not_depend_on_how_many_are_drawn(int dreams)
    {
        HelmholtzMachine machine = Machine(Deep);
        DreamProbe many = Draw(machine, 64), few = Draw(machine, dreams);
        for (int n = 0; n < dreams; n++)
            for (int l = 0; l < machine.LayerSizes.Count; l++)
            {
                Assert.Equal(many.Bits(n, l).ToArray(), few.Bits(n, l).ToArray());
                Assert.Equal(many.Probabilities(n, l).ToArray(), few.Probabilities(n, l).ToArray());
            }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_layer_follows_from_the_one_above_by_the_generative_network(bool ordered)
    {
        HelmholtzMachine machine = Machine(ordered ? Ordered : Deep);
        foreach (ConditionalLayer layer in machine.Generative.Layers.Where(layer => layer.SiblingWeights is not null))
        {
            for (int j = 0; j < layer.Units; j++) layer.SiblingWeights!.Row(j)[(j + 1)..].Fill(0.5f);
        }

        DreamProbe probe = Draw(machine, 16);
        MachineSample sample = new(machine);
        sample.Begin(16);
        for (int l = 0; l < 4; l++)
            for (int n = 0; n < 16; n++)
                for (int i = 0; i < machine.LayerSizes[l]; i++)
                    sample.Bits(l)[n, i] = probe.Bits(n, l)[i] != 0;
        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        for (int l = 0; l < 4; l++)
            for (int n = 0; n < 16; n++)
                for (int i = 0; i < machine.LayerSizes[l]; i++)
                    Assert.Equal(Sigmoid.Reference(sample.Generative(l).Logits[n, i]), probe.Probabilities(n, l)[i], 1e-6);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    public void The_dream_changes_below_a_clamped_latent_and_nowhere_else(int layer)
    {
        HelmholtzMachine machine = Machine(Deep);
        DreamProbe free = Draw(machine, 32), held = new(machine.LayerSizes, 32, 7);
        Clamp[][] clamps = [.. machine.LayerSizes.Select(units => new Clamp[units])];
        clamps[layer][1] = Clamp.On;
        held.Draw(machine, clamps);
        bool changed = false;
        for (int n = 0; n < 32; n++)
        {
            for (int l = layer + 1; l < 4; l++)
            {
                Assert.Equal(free.Bits(n, l).ToArray(), held.Bits(n, l).ToArray());
                Assert.Equal(free.Probabilities(n, l).ToArray(), held.Probabilities(n, l).ToArray());
            }

            Assert.Equal(free.Probabilities(n, layer).ToArray(), held.Probabilities(n, layer).ToArray());
            byte[] expected = free.Bits(n, layer).ToArray();
            bool was = expected[1] == 1;
            expected[1] = 1;
            Assert.Equal(expected, held.Bits(n, layer).ToArray());
            Assert.Equal(was, free.Probabilities(n, layer - 1).SequenceEqual(held.Probabilities(n, layer - 1)));
            changed |= !was;
        }

        Assert.True(changed);
    }

    [Fact]
    public void A_real_valued_unit_that_is_held_changes_what_it_causes_and_nothing_else()
    {
        HelmholtzMachine machine = Machine(Deep with { GaussianLatents = 2 });
        DreamProbe free = new(machine.LayerSizes, 32, 7, 2), held = new(machine.LayerSizes, 32, 7, 2);
        free.Draw(machine, []);
        held.Draw(machine, [], [float.NaN, 2.5f]);
        bool changed = false;
        for (int n = 0; n < 32; n++)
        {
            Assert.Equal(free.Values(n)[0], held.Values(n)[0]);
            Assert.Equal(2.5f, held.Values(n)[1]);
            Assert.Equal(free.Bits(n, 3).ToArray(), held.Bits(n, 3).ToArray());
            changed |= !free.Probabilities(n, 2).SequenceEqual(held.Probabilities(n, 2));
        }

        Assert.True(changed);
        held.Draw(machine, []);
        Assert.Equal(Everything(free), Everything(held));
        MachineSample sample = new(machine);
        sample.Begin(32);
        for (int n = 0; n < 32; n++)
        {
            free.Values(n).CopyTo(sample.Gaussian!.Values.Row(n));
            for (int i = 0; i < 4; i++) sample.Bits(3)[n, i] = free.Bits(n, 3)[i] != 0;
        }

        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        for (int n = 0; n < 32; n++)
            for (int i = 0; i < 6; i++)
                Assert.Equal(Sigmoid.Reference(sample.Generative(2).Logits[n, i]), free.Probabilities(n, 2)[i], 1e-6);
    }

    [Fact]
    public void A_clamped_unit_of_an_autoregressive_layer_changes_the_siblings_behind_it_and_none_before_it()
    {
        HelmholtzMachine machine = Machine(new ModelSettings { LatentLayers = [8, 6], Autoregressive = AutoregressiveParts.All });
        Matrix siblings = machine.Generative.Layers[1].SiblingWeights!;
        for (int j = 0; j < 8; j++) siblings.Row(j)[(j + 1)..].Fill(0.8f);
        DreamProbe free = Draw(machine, 32), held = new(machine.LayerSizes, 32, 7);
        foreach (Clamp clamp in new[] { Clamp.On, Clamp.Off })
        {
            Clamp[] clamps = new Clamp[8];
            clamps[3] = clamp;
            held.Draw(machine, [null, clamps]);
            bool followed = false;
            for (int n = 0; n < 32; n++)
            {
                Assert.Equal(free.Bits(n, 2).ToArray(), held.Bits(n, 2).ToArray());
                Assert.Equal(free.Bits(n, 1)[..3].ToArray(), held.Bits(n, 1)[..3].ToArray());
                Assert.Equal(free.Probabilities(n, 1)[..4].ToArray(), held.Probabilities(n, 1)[..4].ToArray());
                bool changed = free.Bits(n, 1)[3] != held.Bits(n, 1)[3];
                for (int i = 4; i < 8; i++)
                {
                    double logit = Logit(held.Probabilities(n, 1)[i]) - Logit(free.Probabilities(n, 1)[i]);
                    double pushed = Enumerable.Range(3, i - 3).Sum(j => 0.8 * (held.Bits(n, 1)[j] - free.Bits(n, 1)[j]));
                    Assert.Equal(pushed, logit, 1e-3);
                    followed |= changed && held.Bits(n, 1)[i] != free.Bits(n, 1)[i];
                }
            }

            Assert.True(followed);
        }

        static double Logit(float p) => Math.Log(p / (1.0 - p));
    }

    [Fact]
    public void A_unit_held_off_is_off_in_every_dream_and_releasing_it_restores_them()
    {
        HelmholtzMachine machine = Machine(Deep);
        DreamProbe probe = Draw(machine, 32);
        string before = Everything(probe);
        probe.Draw(machine, [null, null, null, [Clamp.Off, Clamp.Off, Clamp.Off, Clamp.On]]);
        for (int n = 0; n < 32; n++) Assert.Equal([0, 0, 0, 1], probe.Bits(n, 3).ToArray());
        Assert.NotEqual(before, Everything(probe));
        probe.Draw(machine, [new Clamp[16], new Clamp[12], new Clamp[6], new Clamp[4]]);
        Assert.Equal(before, Everything(probe));
    }

    [Fact]
    public void Units_are_on_as_often_as_their_probabilities_say()
    {
        HelmholtzMachine machine = Machine(Deep);
        DreamProbe probe = Draw(machine, 4000);
        for (int l = 0; l < 4; l++)
        {
            float[] mean = new float[machine.LayerSizes[l]];
            probe.MeanProbabilities(l, mean);
            for (int i = 0; i < mean.Length; i++)
            {
                double on = Enumerable.Range(0, 4000).Average(n => (double)probe.Bits(n, l)[i]);
                // Five standard deviations of a mean of 4,000 bits.
                Assert.Equal(mean[i], on, 5 * Math.Sqrt(0.25 / 4000));
            }
        }
    }

    [Fact]
    public void Drawing_again_allocates_nothing()
    {
        HelmholtzMachine machine = Machine(Deep), copy = machine.Clone();
        DreamProbe probe = Draw(machine, 32);
        Clamp[][] clamps = [.. machine.LayerSizes.Select(units => new Clamp[units])];
        probe.Draw(copy, clamps);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) probe.Draw(i % 2 == 0 ? machine : copy, clamps);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static HelmholtzMachine Machine(ModelSettings model) => SmallRuns.Trainer(model: model).Machine;

    private static DreamProbe Draw(HelmholtzMachine machine, int dreams)
    {
        DreamProbe probe = new(machine.LayerSizes, dreams, 7);
        probe.Draw(machine, []);
        return probe;
    }

    private static string Everything(DreamProbe probe) => string.Join('\n',
        from n in Enumerable.Range(0, probe.Dreams)
        from l in Enumerable.Range(0, 4)
        select string.Concat(probe.Bits(n, l).ToArray()) + string.Join(' ', probe.Probabilities(n, l).ToArray()));

    [Fact]
    public void A_label_held_on_is_drawn_in_every_dream_and_one_held_off_in_none()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 3");
        var probe = new DreamProbe(machine.LayerSizes, 200, 1);
        Assert.Equal([0, 1, 2], Labels([]).Distinct().Order());
        Assert.All(Labels([null, [Clamp.Free, Clamp.Free, Clamp.On, Clamp.Free]]), label => Assert.Equal(2, label));
        Assert.Equal([0, 2], Labels([null, [Clamp.Free, Clamp.Off, Clamp.Free, Clamp.Free]]).Distinct().Order());

        List<int> Labels(Clamp[]?[] clamps)
        {
            probe.Draw(machine, clamps);
            return [.. Enumerable.Range(0, 200).Select(n => Enumerable.Range(0, 3).Single(c => probe.Bits(n, 1)[c] == 1))];
        }
    }
}
