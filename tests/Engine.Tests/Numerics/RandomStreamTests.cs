using System.Numerics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Numerics;

public class RandomStreamTests
{
    private static readonly StreamKey Key = new(42, StreamPurpose.Wake, 7, 2, 3);

    [Fact]
    public void Each_lane_is_xoshiro128_plus_plus_seeded_by_split_mix_64()
    {
        foreach (StreamKey key in new[] { Key, default, new StreamKey(ulong.MaxValue, StreamPurpose.Data, -1, -1, -1) })
        {
            ScalarXoshiro[] lanes = ScalarXoshiro.Lanes(key);
            RandomStream stream = new(key);
            for (int i = 0; i < 1000; i++)
            {
                System.Runtime.Intrinsics.Vector256<uint> bits = stream.NextBits();
                for (int lane = 0; lane < 8; lane++) Assert.Equal(lanes[lane].Next(), bits[lane]);
            }
        }
    }

    [Fact]
    public void The_scalar_generator_gives_the_authors_first_numbers()
    {
        // From state (1, 2, 3, 4): rotl(1 + 4, 7) + 1 = 641, then by hand the state (7, 0, 1026, 12288).
        ScalarXoshiro generator = new(1, 2, 3, 4);
        Assert.Equal(641u, generator.Next());
        Assert.Equal(BitOperations.RotateLeft(7u + 12288u, 7) + 7u, generator.Next());
    }

    [Fact]
    public void Uniform_numbers_are_the_top_24_bits()
    {
        RandomStream bits = new(Key), uniform = new(Key);
        float[] values = new float[80];
        uniform.FillUniform(values);
        for (int i = 0; i < 80; i += 8)
        {
            System.Runtime.Intrinsics.Vector256<uint> next = bits.NextBits();
            for (int lane = 0; lane < 8; lane++) Assert.Equal((next[lane] >> 8) / 16777216f, values[i + lane]);
        }
    }

    [Fact]
    public void Uniform_numbers_fill_all_cells_of_the_unit_square_alike()
    {
        const int Cells = 16, Count = 1 << 18;
        float[] u = new float[Count];
        new RandomStream(Key).FillUniform(u);
        Assert.All(u, value => Assert.InRange(value, 0f, 0.99999994f));
        foreach (int lag in new[] { 1, 8 })
        {
            double[] counts = new double[Cells * Cells];
            for (int i = 0; i < Count - lag; i++) counts[(int)(u[i] * Cells) * Cells + (int)(u[i + lag] * Cells)]++;
            double expected = (Count - lag) / (double)counts.Length;
            double chiSquare = counts.Sum(n => (n - expected) * (n - expected) / expected);

            // About 255 degrees of freedom: 255 ± 5·√510.
            Assert.InRange(chiSquare, 255 - 113, 255 + 113);
        }
    }

    [Fact]
    public void Streams_of_keys_that_differ_anywhere_share_nothing()
    {
        StreamKey[] keys =
        [
            Key, Key with { Seed = 43 }, Key with { Purpose = StreamPurpose.Sleep }, Key with { Step = 8 },
            Key with { Layer = 3 }, Key with { Block = 4 }, Key with { Layer = 3, Block = 2 },
        ];
        const int Count = 4096;
        float[][] draws = [.. keys.Select(key =>
        {
            float[] u = new float[Count];
            new RandomStream(key).FillUniform(u);
            return u;
        })];
        for (int i = 0; i < keys.Length; i++)
        {
            for (int j = i + 1; j < keys.Length; j++)
            {
                double covariance = 0;
                for (int n = 0; n < Count; n++) covariance += (draws[i][n] - 0.5) * (draws[j][n] - 0.5);

                // Deviation of the sum: √Count / 12.
                Assert.InRange(Math.Abs(covariance), 0, 5 * Math.Sqrt(Count) / 12);
                Assert.Empty(draws[i].Take(64).Intersect(draws[j].Take(64)).Skip(1));
            }
        }
    }

    [Fact]
    public void Equal_keys_give_equal_numbers_whatever_was_drawn_in_between()
    {
        float[] first = new float[21], second = new float[21], other = new float[5];
        new RandomStream(Key).FillUniform(first);
        new RandomStream(Key with { Step = 99 }).FillUniform(other);
        new RandomStream(Key).FillUniform(second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Normal_draws_have_the_moments_asked_for()
    {
        float[] x = new float[100_001];
        new RandomStream(Key).FillNormal(x, 2);
        double n = x.Length, mean = x.Average(v => (double)v), variance = x.Sum(v => v * (double)v) / n;
        double kurtosis = x.Sum(v => Math.Pow(v, 4)) / n / (variance * variance);
        Assert.InRange(mean, -5 * 2 / Math.Sqrt(n), 5 * 2 / Math.Sqrt(n));
        Assert.InRange(variance, 4 * (1 - 5 * Math.Sqrt(2 / n)), 4 * (1 + 5 * Math.Sqrt(2 / n)));
        Assert.InRange(kurtosis, 3 - 5 * Math.Sqrt(24 / n), 3 + 5 * Math.Sqrt(24 / n));
        Assert.All(x, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void Permutations_hold_every_index_once_and_every_order_is_as_likely()
    {
        int[] permutation = new int[1000];
        new RandomStream(Key).FillPermutation(permutation);
        Assert.Equal(Enumerable.Range(0, 1000), permutation.Order());

        double[] counts = new double[24];
        int[] four = new int[4];
        for (int i = 0; i < 24_000; i++)
        {
            new RandomStream(Key with { Step = i }).FillPermutation(four);
            counts[Rank(four)]++;
        }

        // 23 degrees of freedom: above 65 with probability 1e-5.
        Assert.InRange(counts.Sum(n => (n - 1000) * (n - 1000) / 1000), 0, 65);
    }

    private static int Rank(int[] p)
    {
        int rank = 0;
        for (int i = 0; i < p.Length; i++) rank = rank * (p.Length - i) + p.Skip(i + 1).Count(later => later < p[i]);
        return rank;
    }
}
