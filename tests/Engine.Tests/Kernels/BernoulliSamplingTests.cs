using System.Runtime.Intrinsics;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BernoulliSamplingTests
{
    private static readonly StreamKey Key = new(11, StreamPurpose.Sleep, 3, 1);

    [Fact]
    public void Draws_the_reference_bits_in_every_shape()
    {
        BitMatrix bits = Some.Bits(131, 900, 2);
        foreach ((int rows, int columns) in OddShapes.Planes()) Check(Some.MatrixWithDirtyPadding(rows, columns, 1, 3), bits);
    }

    [Fact]
    public void Draws_the_reference_bits_for_extreme_logits_of_every_size_in_every_place()
    {
        BitMatrix bits = new(0, 0);
        foreach (Matrix logits in ExtremeLogits.Matrices()) Check(logits, bits);
    }

    [Fact]
    public void A_rough_look_decides_nothing_else_than_the_formula()
    {
        // Around the logit of every uniform number, from beside it to far from it, on both sides.
        float[] distances = [0, 1e-7f, 1e-6f, 1e-5f, 5e-5f, 1e-4f, 2e-4f, 2.5e-4f, 3e-4f, 1e-3f, 1e-2f, 1];
        for (float u = 0; u < 1 << 24; u += u < 1000 ? 1 : u / 512)
        {
            foreach (float distance in distances) IsDecidedByFormula(MathF.Floor(u), distance);
        }
    }

    [Fact]
    public void A_rough_look_decides_nothing_else_than_the_formula_for_extreme_logits()
    {
        foreach (float a in ExtremeLogits.All.Append(float.NaN))
        {
            foreach (float u in new float[] { 0, 1, 2, 1 << 12, 1 << 23, (1 << 24) - 2, (1 << 24) - 1 }) IsDecidedByFormula(u, 0, a);
        }
    }

    [Fact]
    public void The_rough_exponential_is_within_a_ten_thousandth()
    {
        float step = 1f / 4096;
        for (float x = -87; x <= 87; x += step)
            Assert.Equal(1, VectorMath.RoughExp(Vector512.Create(x))[5] / Math.Exp(x), 1e-4);
    }

    [Theory]
    [InlineData(float.NegativeInfinity, false)]
    [InlineData(-1e4f, false)]
    [InlineData(1e4f, true)]
    [InlineData(float.PositiveInfinity, true)]
    public void Saturated_units_never_flip(float logit, bool expected)
    {
        Matrix logits = new(1000, 64);
        logits.Flat.Fill(logit);
        BitMatrix bits = new(0, 0);
        BernoulliSampling.Sample(logits, Key, bits, WorkerTeam.Single);
        Assert.Equal(expected ? 64_000 : 0, bits.CountOnes());
    }

    [Fact]
    public void One_row_of_logits_for_all_draws_the_bits_of_as_many_copies()
    {
        BitMatrix expected = new(0, 0), bits = Some.Bits(131, 900, 2);
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            float[] row = Some.Floats(columns, 1, 9);
            Matrix copies = new(rows, columns);
            for (int r = 0; r < rows; r++) row.CopyTo(copies.Row(r));
            BernoulliSampling.Sample(copies, Key, expected, WorkerTeam.Single);
            BernoulliSampling.Sample(row, rows, Key, bits, WorkerTeam.Single);
            Assert.Equal(expected.Words.ToArray(), bits.Words.ToArray());
        }
    }

    [Fact]
    public void The_bits_of_a_row_do_not_depend_on_the_rows_after_it()
    {
        Matrix logits = Some.Matrix(50, 30, 1), fewer = new(23, 30);
        for (int r = 0; r < 23; r++) logits.Row(r).CopyTo(fewer.Row(r));
        BitMatrix all = new(0, 0), some = new(0, 0);
        BernoulliSampling.Sample(logits, Key, all, WorkerTeam.Single);
        BernoulliSampling.Sample(fewer, Key, some, WorkerTeam.Single);
        Assert.Equal(all.Words[..23].ToArray(), some.Words.ToArray());
    }

    [Fact]
    public void A_block_of_rows_draws_from_the_key_with_its_number_added()
    {
        Matrix logits = Some.Matrix(40, 30, 1), later = new(8, 30);
        for (int r = 0; r < 8; r++) logits.Row(32 + r).CopyTo(later.Row(r));
        BitMatrix all = new(0, 0), block = new(0, 0);
        BernoulliSampling.Sample(logits, Key with { Block = 5 }, all, WorkerTeam.Single);
        BernoulliSampling.Sample(later, Key with { Block = 7 }, block, WorkerTeam.Single);
        Assert.Equal(all.Words[32..].ToArray(), block.Words.ToArray());
    }

    // Of sixteen logits around that of u·2⁻²⁴, or of the one that is given.
    private static void IsDecidedByFormula(float u, float distance, float? given = null)
    {
        double logit = Math.Log(u / ((1 << 24) - u));
        Vector512<float> a = Vector512.Create((float)logit), draws = Vector512.Create(u);
        for (int lane = 0; lane < 16; lane++) a = a.WithElement(lane, given ?? (float)(logit + distance * (lane - 7.5)));
        ulong formula = BernoulliSampling.Decide(draws, BernoulliSampling.InverseProbability.Compute(new OneVector { Value = a }).Value);
        Assert.Equal(formula, BernoulliSampling.DecideByLogits(draws, a));
    }

    // Float and double may part only where u falls within the stated distance of the probability.
    private static void Check(Matrix logits, BitMatrix bits)
    {
        BitMatrix expected = new(0, 0);
        BernoulliSampling.Sample(logits, Key, bits, WorkerTeam.Single);
        BernoulliSampling.Reference(logits, Key, expected);
        Assert.Equal((logits.Rows, logits.Columns), (bits.Rows, bits.Columns));
        Some.HasZeroPadding(bits);
        for (int r = 0; r < logits.Rows; r++)
        {
            if (bits.Row(r).SequenceEqual(expected.Row(r))) continue;
            float[] uniform = Uniform(logits.Columns, r);
            for (int c = 0; c < logits.Columns; c++)
            {
                if (bits[r, c] != expected[r, c]) Assert.Equal(Sigmoid.Reference(logits[r, c]), uniform[c], 2e-7);
            }
        }
    }

    // The numbers of one row: whole draws of eight, rows of a block one after the other.
    private static float[] Uniform(int columns, int row)
    {
        RandomStream stream = new(Key with { Block = Key.Block + row / BernoulliSampling.BlockRows });
        float[] uniform = new float[(columns + 7) / 8 * 8];
        for (int r = 0; r <= row % BernoulliSampling.BlockRows; r++) stream.FillUniform(uniform);
        return uniform;
    }
}
