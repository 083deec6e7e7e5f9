using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using MathNet.Numerics.Distributions;

namespace DreamViz.Engine.Tests.Models;

/// <summary>Whole states come with the probabilities of the definition: Pearson's test on the joint frequencies.</summary>
public class MachineSamplingTests
{
    private const int Draws = 40_000;

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Dreams_have_the_joint_distribution_of_the_generative_network(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        var dreams = new MachineSample(machine);
        machine.Generative.Sample(dreams, Draws, new StreamKey(1, StreamPurpose.Sleep), WorkerTeam.Single);
        Agree(dreams, [.. reference.AllStates()], reference.Probability);
    }

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Explanations_have_the_joint_distribution_of_the_recognition_network(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        BitMatrix examples = States.Examples(machine, [reference.Visible(1), reference.Visible(6)]);
        var sample = new MachineSample(machine);
        machine.Recognition.Sample(sample, examples, Draws / 2, new StreamKey(2, StreamPurpose.Wake), WorkerTeam.Single);
        List<double[][]> states = [.. new[] { 1, 6 }
            .SelectMany(number => reference.LatentStates(reference.Visible(number)))];
        Agree(sample, states, state => 0.5 * Math.Exp(reference.LogRecognition(state)));
    }

    private static void Agree(MachineSample sample, List<double[][]> states, Func<double[][], double> probability)
    {
        Dictionary<string, int> counts = states.ToDictionary(Name, _ => 0);
        for (int r = 0; r < Draws; r++) counts[Name(sample, r)]++;
        double statistic = states.Sum(state =>
        {
            double expected = Draws * probability(state);
            return Math.Pow(counts[Name(state)] - expected, 2) / expected;
        });
        Assert.InRange(ChiSquared.CDF(states.Count - 1, statistic), 0.0001, 0.9999);
    }

    private static string Name(double[][] state) => string.Concat(state.SelectMany(layer => layer));

    private static string Name(MachineSample sample, int row) => string.Concat(Enumerable
        .Range(0, sample.LayerSizes.Count)
        .SelectMany(l => Enumerable.Range(0, sample.LayerSizes[l]).Select(i => Value(sample.Bits(l), row, i))));

    private static int Value(BitMatrix bits, int row, int unit)
    {
        if (!bits[row, unit]) return 0;
        return bits.Counts is { } documents ? documents.Counts(row)[documents.Words(row).IndexOf(unit)] : 1;
    }
}
