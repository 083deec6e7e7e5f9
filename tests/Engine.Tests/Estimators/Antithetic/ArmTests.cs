using DreamViz.Engine.Estimators.Antithetic;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators.Antithetic;

/// <summary>What ARM's noise does to a pair of bits.</summary>
public class ArmTests
{
    private const int Examples = 40_000;

    private static readonly HelmholtzMachine Machine = TinyMachines.Create("3-2-2");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Bits_and_their_antithesis_follow_from_the_noise(int layer)
    {
        (MachineSample sample, Matrix noise) = Draw(layer);
        foreach ((int row, int unit) in Units())
        {
            (bool bit, bool opposite, float p) = Pair(sample, layer, row, unit);
            float u = noise[row, unit];
            if (Math.Abs(u - p) > 1e-6) Assert.Equal(u < p, bit);
            if (Math.Abs(1 - u - p) > 1e-6) Assert.Equal(1 - u < p, opposite);
        }
    }

    [Fact]
    public void Noise_is_uniform()
    {
        (_, Matrix noise) = Draw(0);
        for (int unit = 0; unit < 2; unit++)
        {
            double[] sorted = [.. Enumerable.Range(0, Examples).Select(r => (double)noise[r, unit]).Order()];
            // Kolmogorov and Smirnov's distance; above this once in 10,000 draws.
            double distance = sorted.Select((u, i) => Math.Max(Math.Abs(u - (i + 1.0) / Examples), Math.Abs(u - (double)i / Examples))).Max();
            Assert.True(distance < 2.2 / Math.Sqrt(Examples), $"{distance}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Given_both_bits_the_mean_of_its_score_is_that_of_disarm(int layer)
    {
        (MachineSample sample, Matrix noise) = Draw(layer);
        var scores = Units().Select(at => (Pair: Pair(sample, layer, at.Row, at.Unit), Score: 0.5 - noise[at.Row, at.Unit]));
        foreach (var group in scores.GroupBy(score => score.Pair).Where(group => group.Count() > 50))
        {
            double[] values = [.. group.Select(score => score.Score)];
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) / values.Length);
            double logit = Math.Log(group.Key.Probability / (1 - group.Key.Probability));
            Assert.InRange(mean - DisArm.Score(group.Key.Bit, group.Key.Opposite, logit), -5 * deviation - 1e-6, 5 * deviation + 1e-6);
        }
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2-1-1")]
    public void Forgetting_the_noise_leaves_less_variance(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        double arm = new SampledUpdate(machine).Wake(EveryEstimator.Create("arm", machine), 1).Recognition.Variance;
        double disarm = new SampledUpdate(machine).Wake(EveryEstimator.Create("disarm", machine), 1).Recognition.Variance;
        Assert.True(disarm < arm, $"{disarm} is not below {arm}");
    }

    private static (MachineSample Sample, Matrix Noise) Draw(int layer)
    {
        var sampling = new AntitheticSampling(keepsNoise: true);
        var (sample, examples) = (new MachineSample(Machine), new BitMatrix(Examples, 3));
        sampling.Sample(Machine.Recognition, sample, examples, 1, new StreamKey(3, StreamPurpose.Wake), WorkerTeam.Single);
        return (sample, sampling.Noise(layer));
    }

    private static IEnumerable<(int Row, int Unit)> Units() =>
        from row in Enumerable.Range(0, Examples) from unit in Enumerable.Range(0, 2) select (row, unit);

    private static (bool Bit, bool Opposite, float Probability) Pair(MachineSample sample, int layer, int row, int unit)
    {
        (int first, BitMatrix bits) = (3 * row, sample.Bits(layer + 1));
        return (bits[first, unit], bits[first + layer + 1, unit], 1 / (1 + MathF.Exp(-sample.Recognition(layer).Logits[first, unit])));
    }
}
