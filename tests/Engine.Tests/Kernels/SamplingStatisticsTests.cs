using System.Numerics;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;
using MathNet.Numerics.Distributions;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Pearson's chi-square tests of the sampled bits against their stated probabilities, from one fixed seed. In each test
/// as a whole, independent bits of the right probability fail one seed in a thousand (Bonferroni).</summary>
public class SamplingStatisticsTests
{
    private const double FalseAlarms = 1e-3;
    private const int Rows = 1 << 14, Columns = 37;
    private static readonly StreamKey Key = new(2024, StreamPurpose.Wake, 3, 1);

    [Fact]
    public void Every_unit_is_on_with_the_probability_of_its_logit_however_small()
    {
        const int Draws = 1 << 16;
        float[] logits = [.. Enumerable.Range(0, 129).Select(c => (c * 50 % 129 - 64) / 8f)];
        double[] statistics = new double[logits.Length];
        BitMatrix units = Sample(logits, Draws, Key);
        for (int c = 0; c < logits.Length; c++)
        {
            double p = Sigmoid.Reference(logits[c]), excess = Ones(units.Row(c)) - Draws * p;
            statistics[c] = excess * excess / (Draws * p * (1 - p));
        }

        Assert.InRange(ChiSquared.CDF(1, statistics.Max()), 0, 1 - FalseAlarms / statistics.Length);

        // All together, so that numbers which are too even are found as well.
        Assert.InRange(ChiSquared.CDF(statistics.Length, statistics.Sum()), FalseAlarms / 2, 1 - FalseAlarms / 2);
    }

    [Fact]
    public void Every_two_units_of_a_row_are_independent()
    {
        BitMatrix units = Sample(Logits, Rows, Key);
        AreIndependent(units, units, (i, j) => i < j);
    }

    /// <summary>From the next row to the next but one block of rows.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    public void Every_two_units_of_rows_so_far_apart_are_independent(int distance)
    {
        BitMatrix rows = new(0, 0), first = new(Rows, Columns), second = new(Rows, Columns);
        BitTranspose.Compute(Sample(Logits, Rows + distance, Key), rows);
        for (int r = 0; r < Rows; r++)
        {
            rows.Row(r).CopyTo(first.Row(r));
            rows.Row(r + distance).CopyTo(second.Row(r));
        }

        AreIndependent(Transpose(first), Transpose(second), (_, _) => true);
    }

    public static TheoryData<StreamKey> Others() =>
    [
        Key with { Step = 4 }, Key with { Step = 3 + (1L << 32) }, Key with { Layer = 2 }, Key with { Layer = 0 },
        Key with { Purpose = StreamPurpose.Sleep }, Key with { Seed = 2025 }, Key with { Block = Rows / BernoulliSampling.BlockRows },
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_two_units_of_different_steps_layers_phases_and_seeds_are_independent(StreamKey other) =>
        AreIndependent(Sample(Logits, Rows, Key), Sample(Logits, Rows, other), (_, _) => true);

    [Fact]
    public void Numbers_used_twice_and_units_a_little_too_often_alike_are_found()
    {
        BitMatrix units = Sample(Logits, Rows, Key), mixed = Sample(Logits, Rows, Key with { Step = 4 });
        for (int word = 0; word < mixed.WordsPerRow; word += 16) mixed.Row(5)[word] = units.Row(5)[word];
        Assert.True(Worst(units, units, (i, j) => i == j) > Limit(Columns));
        Assert.True(Worst(units, mixed, (_, _) => true) > Limit(Columns * Columns));
    }

    /// <summary>From −2.25 to 2.25, so that every one of four cells is expected often.</summary>
    private static float[] Logits => [.. Enumerable.Range(0, Columns).Select(c => (c * 11 % Columns - 18) / 8f)];

    private static void AreIndependent(BitMatrix first, BitMatrix second, Func<int, int, bool> isTested)
    {
        int pairs = (from i in Enumerable.Range(0, Columns) from j in Enumerable.Range(0, Columns) where isTested(i, j) select i).Count();
        Assert.InRange(Worst(first, second, isTested), 0, Limit(pairs));
    }

    private static double Limit(int tests) => ChiSquared.InvCDF(3, 1 - FalseAlarms / tests);

    private static double Worst(BitMatrix first, BitMatrix second, Func<int, int, bool> isTested)
    {
        double worst = 0;
        for (int i = 0; i < Columns; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                if (isTested(i, j)) worst = Math.Max(worst, Statistic(first.Row(i), second.Row(j), Logits[i], Logits[j]));
            }
        }

        return worst;
    }

    // Three degrees of freedom: four cells of known probability.
    private static double Statistic(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, float firstLogit, float secondLogit)
    {
        double both = 0, ones = Ones(first), others = Ones(second);
        for (int w = 0; w < first.Length; w++) both += BitOperations.PopCount(first[w] & second[w]);
        double p = Sigmoid.Reference(firstLogit), q = Sigmoid.Reference(secondLogit), chiSquare = 0;
        double[] counts = [both, ones - both, others - both, Rows - ones - others + both];
        double[] expected = [Rows * p * q, Rows * p * (1 - q), Rows * (1 - p) * q, Rows * (1 - p) * (1 - q)];
        for (int cell = 0; cell < 4; cell++) chiSquare += Math.Pow(counts[cell] - expected[cell], 2) / expected[cell];
        return chiSquare;
    }

    private static double Ones(ReadOnlySpan<ulong> words)
    {
        double ones = 0;
        foreach (ulong word in words) ones += BitOperations.PopCount(word);
        return ones;
    }

    // [units, draws]
    private static BitMatrix Sample(float[] logits, int draws, StreamKey key)
    {
        Matrix repeated = new(draws, logits.Length);
        for (int r = 0; r < draws; r++) logits.CopyTo(repeated.Row(r));
        BitMatrix bits = new(0, 0);
        BernoulliSampling.Sample(repeated, key, bits, WorkerTeam.Single);
        return Transpose(bits);
    }

    private static BitMatrix Transpose(BitMatrix bits)
    {
        BitMatrix transposed = new(0, 0);
        BitTranspose.Compute(bits, transposed);
        return transposed;
    }
}
