using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators.Antithetic;

public class AntitheticSamplingTests
{
    private const int Examples = 20_000;

    [Theory]
    [InlineData("3-2-2")]
    [InlineData("3-2-1-1")]
    [InlineData("4-3")]
    public void Every_outcome_comes_as_often_as_its_probability_says(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        double[] x = reference.Visible(3);
        List<Outcome> outcomes = Outcome.All(reference, x, SamplingScheme.AntitheticBranches, 1);
        Assert.Equal(1, outcomes.Sum(outcome => outcome.Probability), 1e-12);
        Dictionary<string, int> seen = Draw(machine, x).GroupBy(key => key).ToDictionary(group => group.Key, group => group.Count());
        Assert.Empty(seen.Keys.Except(outcomes.Select(outcome => string.Join(',', outcome.States))));
        foreach (Outcome outcome in outcomes)
        {
            double p = outcome.Probability, deviation = Math.Sqrt(Examples * p * (1 - p));
            Assert.InRange(seen.GetValueOrDefault(string.Join(',', outcome.States)) - Examples * p, -5 * deviation - 1, 5 * deviation + 1);
        }
    }

    [Fact]
    public void The_first_row_of_every_group_is_an_ordinary_explanation_of_its_example()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-2-2");
        var examples = new BitMatrix(50, 3);
        for (int b = 0; b < 50; b++) examples.Row(b)[0] = (ulong)(b % 8);
        var sample = new MachineSample(machine);
        EstimatorCatalog.Create("disarm").Sample(
            machine, sample, examples, 2, new StreamKey(1, StreamPurpose.Wake), WorkerTeam.Single);
        Assert.Equal((50 * 2 * 3, 6), (sample.Rows, sample.SamplesPerExample));
        for (int r = 0; r < sample.Rows; r++) Assert.Equal(examples.Row(r / 6)[0], sample.Bits(0).Row(r)[0]);
        var again = new MachineSample(machine);
        machine.Recognition.Sample(again, examples, 6, new StreamKey(1, StreamPurpose.Wake), WorkerTeam.Single);
        for (int r = 0; r < sample.Rows; r += 3) Assert.Equal(again.Bits(1).Row(r)[0], sample.Bits(1).Row(r)[0]);
    }

    /// <summary>The states of draw and branches, as numbers, for many draws.</summary>
    private static IEnumerable<string> Draw(HelmholtzMachine machine, double[] x)
    {
        var examples = new BitMatrix(Examples, x.Length);
        for (int b = 0; b < Examples; b++)
        {
            for (int i = 0; i < x.Length; i++) examples[b, i] = x[i] != 0;
        }

        var sample = new MachineSample(machine);
        EstimatorCatalog.Create("disarm").Sample(
            machine, sample, examples, 1, new StreamKey(6, StreamPurpose.Wake), WorkerTeam.Single);
        int rows = machine.LayerSizes.Count;
        for (int b = 0; b < Examples; b++)
            yield return string.Join(',', Enumerable.Range(b * rows, rows).Select(r => Number(sample, r)));
    }

    private static int Number(MachineSample sample, int row)
    {
        int number = 0, shift = 0;
        for (int l = 1; l < sample.LayerSizes.Count; shift += sample.LayerSizes[l++]) number |= (int)sample.Bits(l).Row(row)[0] << shift;
        return number;
    }
}
