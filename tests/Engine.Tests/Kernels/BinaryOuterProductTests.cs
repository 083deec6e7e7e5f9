using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BinaryOuterProductTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    [InlineData(0.175)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(0.0, 0.01, 0.175, 0.29, 0.31, 0.5, 1.0)]
    public void Adds_the_reference_in_every_shape_exactly_where_sums_are_exact(params double[] densities)
    {
        BitMatrix x = new(0, 0);
        foreach ((int rows, int parents, int children) in OddShapes.All())
        {
            BitTranspose.Compute(Some.Bits(parents, rows, 3, densities), x);
            Check(x, Some.Steps(rows, children, 1), Some.Steps(parents, children, 2), 0);
            double bound = Close.Rounding(rows + 1, Some.Largest);
            Check(x, Some.MatrixWithDirtyPadding(rows, children, 1), Some.Matrix(parents, children, 2), bound);
        }
    }

    [Fact]
    public void What_is_not_finite_shows_where_it_is_used_and_nowhere_else()
    {
        Matrix errors = Some.Matrix(107, 40, 1), before = Some.Matrix(150, 40, 2);
        (errors[0, 0], errors[5, 7], errors[106, 39]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        (before[7, 3], before[149, 38]) = (float.NaN, float.NegativeInfinity);
        BitMatrix x = new(0, 0);
        BitTranspose.Compute(Some.Bits(150, 107, 3, 0.05, 0.2, 0.5, 0.8), x);
        Check(x, errors, before, Close.Rounding(108, Some.Largest));
    }

    [Theory]
    [InlineData(7, 9, 5)]
    [InlineData(100, 40, 33)]
    [InlineData(200, 70, 90)]
    public void Overwrites_or_adds_a_multiple_with_one_rounding_of_the_same_sum(int rows, int parents, int children)
    {
        foreach (double density in new[] { 0, 0.15, 0.5, 1 })
        {
            BitMatrix x = Some.Bits(rows, parents, 3, density);
            Matrix errors = Some.MatrixWithDirtyPadding(rows, children, 1), before = Some.Matrix(parents, children, 2);
            Matrix sum = Some.MatrixWithDirtyPadding(parents, children, 4), gradient = new(0, 0);
            BinaryOuterProduct.Compute(x, errors, sum, WorkerTeam.Single);
            gradient.CopyFrom(before);
            BinaryOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single, 0.3f);
            Some.HasZeroPadding(sum);
            Some.HasZeroPadding(gradient);
            for (int k = 0; k < parents; k++)
            {
                for (int d = 0; d < children; d++)
                {
                    Assert.Equal(BinaryOuterProduct.Reference(x, errors, k, d), sum[k, d], 2e-6 * (8 + rows * density));
                    Assert.Equal(before[k, d] + sum[k, d] * 0.3f, gradient[k, d]);
                }
            }
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        BitMatrix x = new(3, 4);
        Assert.Throws<ArgumentException>(() =>
            BinaryOuterProduct.Accumulate(x, new Matrix(2, 5), new Matrix(4, 5), WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() =>
            BinaryOuterProduct.Accumulate(x, new Matrix(3, 5), new Matrix(3, 5), WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() =>
            BinaryOuterProduct.Accumulate(x, new Matrix(3, 5), new Matrix(4, 6), WorkerTeam.Single));
    }

    private static void Check(BitMatrix x, Matrix errors, Matrix before, double bound)
    {
        Matrix gradient = new(0, 0);
        gradient.CopyFrom(before);
        for (int k = 0; k < gradient.Rows; k++) gradient.PaddedRow(k)[gradient.Columns..].Clear();
        BinaryOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);
        Some.HasZeroPadding(gradient);
        Close.Matrix((k, d) => before[k, d] + BinaryOuterProduct.Reference(x, errors, k, d), gradient, bound);
    }
}
