using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using MathNet.Numerics.Distributions;

namespace DreamViz.Engine.Tests.Models;

public class LabeledLayerTests
{
    private const int Draws = 20_000;

    [Fact]
    public void The_label_s_units_come_on_top_of_the_layer_s_own()
    {
        HelmholtzMachine machine = TinyMachines.Create("4-3 labels 5");
        Assert.Equal([4, 8], machine.LayerSizes);
        Assert.Equal(5, machine.Generative.Prior.Classes);
        Assert.Equal(5, machine.Recognition.Layers[^1].Classes);
    }

    [Theory]
    [InlineData("3-1 labels 3")]
    [InlineData("3-70 labels 64")]
    public void Exactly_one_label_bit_is_on_in_dreams_and_explanations(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var sample = new MachineSample(machine);
        machine.Generative.Sample(sample, 1000, new StreamKey(1, StreamPurpose.Sleep), WorkerTeam.Single);
        OneEach(machine, sample.Bits(1));
        machine.Recognition.Sample(sample, new BitMatrix(500, 3), 2, new StreamKey(1, StreamPurpose.Wake), WorkerTeam.Single);
        OneEach(machine, sample.Bits(1));
    }

    [Fact]
    public void An_observed_label_is_taken_as_it_is_and_the_others_are_drawn()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 3");
        var sample = new MachineSample(machine);
        var labels = new int[Draws];
        for (int b = 0; b < Draws; b++) labels[b] = b % 2 == 0 ? 2 : -1;
        sample.ObserveLabels(labels);
        machine.Recognition.Sample(sample, new BitMatrix(Draws, 3), 2, new StreamKey(3, StreamPurpose.Wake), WorkerTeam.Single);
        var counts = new int[3];
        for (int r = 0; r < sample.Rows; r++)
        {
            if (labels[r / 2] == 2) Assert.True(sample.Bits(1)[r, 2]);
            else counts[Enumerable.Range(0, 3).Single(c => sample.Bits(1)[r, c])]++;
        }

        OneEach(machine, sample.Bits(1));
        var reference = new ReferenceMachine(machine);
        List<double[][]> states = reference.LatentStates(new double[3]);
        double statistic = Enumerable.Range(0, 3).Sum(c =>
        {
            double expected = Draws * Math.Exp(reference.LogLabel(states.First(state => state[1][c] == 1)));
            return Math.Pow(counts[c] - expected, 2) / expected;
        });
        Assert.InRange(ChiSquared.CDF(2, statistic), 0.0001, 0.9999);
    }

    [Fact]
    public void Bits_that_are_no_label_and_labels_that_were_not_observed_have_probability_zero()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 3");
        double[][] none = [[1, 0, 0], [0, 0, 0, 1]], two = [[1, 0, 0], [1, 1, 0, 1]], first = [[1, 0, 0], [1, 0, 0, 1]];
        MachineSample sample = States.Fill(machine, [none, two, first], 1, observedLabel: 2);
        (float[] p, float[] q) = (new float[3], new float[3]);
        machine.Generative.AccumulateLogProbability(sample, p, WorkerTeam.Single);
        machine.Recognition.AccumulateLogProbability(sample, q, WorkerTeam.Single);
        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity], p[..2]);
        Assert.True(float.IsFinite(p[2]));
        Assert.All(q, l => Assert.Equal(float.NegativeInfinity, l));
    }

    [Fact]
    public void The_gradient_of_observed_labels_is_that_of_their_log_probability()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 2 tanh 3");
        var reference = new ReferenceMachine(machine);
        List<double[][]> states = [.. reference.AllStates().Where(state => state[1][1] == 1)];
        float[] weights = [.. states.Select((_, r) => 0.3f + 0.1f * r)];
        MachineSample sample = States.Fill(machine, states, 1, observedLabel: 1);
        ((LabeledLayer)machine.Recognition.Layers[0]).AccumulateObservedLabels(sample.Recognition(0), weights, WorkerTeam.Single);
        double[] expected = reference.Gradient(machine.Recognition.Parameters,
            () => states.Select((state, r) => weights[r] * reference.LogLabel(state)).Sum());
        Assert.True(States.RelativeError(States.TakeGradient(machine.Recognition.Parameters), expected) < 1e-4);
    }

    private static void OneEach(HelmholtzMachine machine, BitMatrix bits)
    {
        for (int r = 0; r < bits.Rows; r++)
            Assert.Equal(1, Enumerable.Range(0, machine.Settings.Classes).Count(c => bits[r, c]));
    }
}
