using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BinaryAffineTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    [InlineData(0.175)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(0.0, 0.01, 0.175, 0.29, 0.31, 0.5, 1.0)]
    public void Agrees_with_the_reference_in_every_shape_exactly_where_sums_are_exact(params double[] densities)
    {
        Matrix logits = Some.MatrixWithDirtyPadding(131, 800, 3);
        foreach ((int rows, int parents, int children) in OddShapes.All())
        {
            BitMatrix x = Some.Bits(rows, parents, 4, densities);
            Check(x, Some.Steps(parents, children, 1), Some.Steps(children, 2), logits, 0);
            double bound = Close.Rounding(parents + 1, Some.Largest);
            Check(x, Some.Matrix(parents, children, 1), Some.Floats(children, 2), logits, bound);
            Some.HasZeroPadding(logits);
        }
    }

    [Fact]
    public void What_is_not_finite_shows_in_the_rows_that_use_it_and_in_no_other()
    {
        Matrix weights = Some.Matrix(107, 40, 1), logits = new(0, 0);
        (weights[0, 0], weights[5, 7], weights[106, 39]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        float[] bias = Some.Floats(40, 2);
        (bias[3], bias[38]) = (float.NaN, float.NegativeInfinity);
        BitMatrix x = Some.Bits(150, 107, 3, 0.05, 0.2, 0.5, 0.8);
        Check(x, weights, bias, logits, Close.Rounding(108, Some.Largest));
    }

    [Theory]
    [InlineData(60, 0.1)]
    [InlineData(60, 0.3)]
    [InlineData(15, 0.6)]
    [InlineData(33, 0.6)]
    [InlineData(60, 0.6)]
    [InlineData(80, 0.6)]
    [InlineData(90, 0.6)]
    [InlineData(100, 0.6)]
    [InlineData(130, 0.6)]
    public void The_logits_of_a_row_do_not_depend_on_its_batch(int rows, double density)
    {
        Matrix weights = Some.Matrix(203, 70, 1);
        float[] bias = Some.Floats(70, 2);
        BitMatrix x = Some.Bits(rows, 203, 3, density);
        Matrix together = new(0, 0), alone = new(0, 0);
        BinaryAffine.Compute(x, weights, bias, together, WorkerTeam.Single);
        BitMatrix one = new(1, 203);
        for (int r = 0; r < rows; r++)
        {
            x.Row(r).CopyTo(one.Row(0));
            BinaryAffine.Compute(one, weights, bias, alone, WorkerTeam.Single);
            Assert.Equal(together.Row(r).ToArray(), alone.Row(0).ToArray());
        }
    }

    [Fact]
    public void The_bias_may_start_at_any_address()
    {
        Matrix weights = Some.Matrix(70, 37, 1), expected = new(0, 0), logits = new(0, 0);
        BitMatrix x = Some.Bits(9, 70, 3);
        BinaryAffine.Compute(x, weights, Some.Floats(37, 2), expected, WorkerTeam.Single);
        foreach (int offset in Unaligned.Offsets)
        {
            BinaryAffine.Compute(x, weights, Unaligned.Copy(Some.Floats(37, 2), offset), logits, WorkerTeam.Single);
            Assert.Equal(expected.Flat.ToArray(), logits.Flat.ToArray());
        }
    }

    [Theory]
    [InlineData(0.01, 0.5)]
    [InlineData(0.29, 0.31)]
    public void Adds_the_product_to_what_is_there_in_every_shape(params double[] densities)
    {
        Matrix logits = new(0, 0);
        foreach ((int rows, int parents, int children) in OddShapes.All())
        {
            BitMatrix x = Some.Bits(rows, parents, 4, densities);
            Matrix weights = Some.Steps(parents, children, 1), before = Some.Steps(rows, children, 2);
            logits.CopyFrom(before);
            BinaryAffine.Accumulate(x, weights, logits, WorkerTeam.Single);
            for (int r = 0; r < rows; r++)
            {
                for (int d = 0; d < children; d++)
                    Assert.Equal(BinaryAffine.Reference(x, r, weights, before.Row(r), d), logits[r, d]);
            }
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        Matrix logits = new(0, 0);
        Assert.Throws<ArgumentException>(() =>
            BinaryAffine.Compute(new BitMatrix(2, 3), new Matrix(4, 5), new float[5], logits, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() =>
            BinaryAffine.Compute(new BitMatrix(2, 4), new Matrix(4, 5), new float[4], logits, WorkerTeam.Single));
    }

    private static void Check(BitMatrix x, Matrix weights, float[] bias, Matrix logits, double bound)
    {
        BinaryAffine.Compute(x, weights, bias, logits, WorkerTeam.Single);
        Assert.Equal((x.Rows, weights.Columns), (logits.Rows, logits.Columns));
        Close.Matrix((r, d) => BinaryAffine.Reference(x, r, weights, bias, d), logits, bound);
    }
}
