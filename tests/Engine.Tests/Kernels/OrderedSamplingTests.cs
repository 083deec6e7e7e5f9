using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;
using MathNet.Numerics.Distributions;

namespace DreamViz.Engine.Tests.Kernels;

public class OrderedSamplingTests
{
    private static readonly StreamKey Key = new(11, StreamPurpose.Sleep, 3, 1);

    [Fact]
    public void Draws_the_reference_bits_and_leaves_complete_logits_in_every_shape()
    {
        BitMatrix bits = Some.Bits(131, 900, 2);
        foreach ((int rows, int columns) in OddShapes.Planes().Where(shape => shape.Rows < 40 || shape.Columns < 40))
            Check(Some.MatrixWithDirtyPadding(rows, columns, 1, 3), Siblings(columns, 4), bits);
    }

    [Fact]
    public void Draws_the_reference_bits_for_extreme_logits()
    {
        BitMatrix bits = new(0, 0);
        foreach (Matrix logits in ExtremeLogits.Matrices().Where(logits => logits.Columns < 70))
            Check(logits, Siblings(logits.Columns, 4), bits);
    }

    [Fact]
    public void Without_weights_among_siblings_the_bits_are_those_of_independent_units()
    {
        BitMatrix ordered = new(0, 0), independent = new(0, 0);
        Matrix logits = Some.Matrix(500, 37, 1, 2);
        BernoulliSampling.Sample(logits, Key, independent, WorkerTeam.Single);
        OrderedSampling.Sample(logits, new Matrix(37, 37), Key, ordered, WorkerTeam.Single);
        Assert.Equal(independent.Words.ToArray(), ordered.Words.ToArray());
    }

    [Theory]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(-1e4f, 0)]
    [InlineData(1e4f, 64_000)]
    [InlineData(float.PositiveInfinity, 64_000)]
    public void Saturated_units_never_flip(float logit, int ones)
    {
        Matrix logits = new(1000, 64);
        logits.Flat.Fill(logit);
        BitMatrix bits = new(0, 0);
        OrderedSampling.Sample(logits, Siblings(64, 1), Key, bits, WorkerTeam.Single);
        Assert.Equal(ones, bits.CountOnes());
    }

    [Fact]
    public void The_bits_of_a_row_do_not_depend_on_the_rows_after_it()
    {
        Matrix siblings = Siblings(30, 2), logits = Some.Matrix(50, 30, 1), fewer = new(23, 30);
        for (int r = 0; r < 23; r++) logits.Row(r).CopyTo(fewer.Row(r));
        BitMatrix all = new(0, 0), some = new(0, 0);
        OrderedSampling.Sample(logits, siblings, Key, all, WorkerTeam.Single);
        OrderedSampling.Sample(fewer, siblings, Key, some, WorkerTeam.Single);
        Assert.Equal(all.Words[..23].ToArray(), some.Words.ToArray());
    }

    /// <summary>Pearson's tests of one unit and of two, with probabilities by enumeration of six units; of the 21 tests together
    /// one seed in a thousand fails.</summary>
    [Fact]
    public void Every_unit_and_every_two_have_the_frequencies_of_the_chain_rule()
    {
        const int Draws = 1 << 16, Units = 6;
        float[] given = [-1, 0.5f, 0, -0.5f, 1, 0.2f];
        Matrix siblings = Siblings(Units, 7, 1.5f), logits = new(Draws, Units);
        for (int r = 0; r < Draws; r++) given.CopyTo(logits.Row(r));
        BitMatrix bits = new(0, 0);
        OrderedSampling.Sample(logits, siblings, Key, bits, WorkerTeam.Single);
        for (int i = 0; i < Units; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                (double[] expected, double[] counts) = (new double[4], new double[4]);
                for (int state = 0; state < 1 << Units; state++)
                    expected[Cell(state, i, j)] += Draws * Probability(given, siblings, state);
                for (int r = 0; r < Draws; r++) counts[Cell((int)bits.Row(r)[0], i, j)]++;
                double statistic = expected.Zip(counts, (e, n) => e == 0 ? 0 : (n - e) * (n - e) / e).Sum();
                Assert.InRange(statistic, 0, ChiSquared.InvCDF(i == j ? 1 : 3, 1 - 1e-3 / 21));
            }
        }
    }

    [Fact]
    public void Refuses_siblings_of_another_number()
    {
        BitMatrix bits = new(0, 0);
        Assert.Throws<ArgumentException>(() => OrderedSampling.Sample(new Matrix(2, 3), new Matrix(3, 4), Key, bits, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => OrderedSampling.Sample(new Matrix(2, 3), new Matrix(4, 3), Key, bits, WorkerTeam.Single));
    }

    internal static Matrix Siblings(int units, ulong seed, float deviation = 1)
    {
        Matrix siblings = Some.Matrix(units, units, seed, deviation);
        for (int j = 0; j < units; j++) siblings.Row(j)[..(j + 1)].Clear();
        return siblings;
    }

    private static int Cell(int state, int i, int j) => (state >> i & 1) * 2 + (state >> j & 1);

    private static double Probability(float[] logits, Matrix siblings, int state)
    {
        BitMatrix bits = new(1, logits.Length);
        bits.Row(0)[0] = (ulong)state;
        double product = 1;
        for (int i = 0; i < logits.Length; i++)
        {
            double p = Sigmoid.Reference(BinaryAffine.Reference(bits, 0, siblings, logits, i));
            product *= bits[0, i] ? p : 1 - p;
        }

        return product;
    }

    // Float and double may part only where u falls near the probability; after that the bits behind differ, too, so every unit
    // is judged given the bits before it.
    private static void Check(Matrix logits, Matrix siblings, BitMatrix bits)
    {
        Matrix given = new(0, 0);
        given.CopyFrom(logits);
        OrderedSampling.Sample(logits, siblings, Key, bits, WorkerTeam.Single);
        Assert.Equal((logits.Rows, logits.Columns), (bits.Rows, bits.Columns));
        Some.HasZeroPadding(bits);
        BitMatrix expected = new(0, 0);
        OrderedSampling.Reference(given, siblings, Key, expected);
        RandomStream stream = default;
        float[] uniform = new float[(logits.Columns + 7) / 8 * 8];
        for (int r = 0; r < logits.Rows; r++)
        {
            if (r % BernoulliSampling.BlockRows == 0) stream = new RandomStream(Key with { Block = r / BernoulliSampling.BlockRows });
            stream.FillUniform(uniform);
            bool same = bits.Row(r).SequenceEqual(expected.Row(r));
            for (int i = 0; i < logits.Columns; i++)
            {
                double logit = BinaryAffine.Reference(bits, r, siblings, given.Row(r), i), p = Sigmoid.Reference(logit);
                if (double.IsFinite(logit)) Assert.Equal(logit, logits[r, i], Close.Rounding(i + 2, Math.Max(Some.Largest, Math.Abs(given[r, i]))));
                if (!same && bits[r, i] != uniform[i] < p) Assert.Equal(p, uniform[i], 1e-6);
            }
        }
    }
}
