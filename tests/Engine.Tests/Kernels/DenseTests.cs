using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class DenseAffineTests
{
    [Fact]
    public void Agrees_with_the_reference_in_every_shape_exactly_where_sums_are_exact()
    {
        Matrix y = Some.MatrixWithDirtyPadding(131, 800, 4);
        foreach ((int rows, int inputs, int outputs) in OddShapes.All())
        {
            Check(Some.Steps(rows, inputs, 1), Some.Steps(inputs, outputs, 2), Some.Steps(outputs, 3), y, 0);
            double bound = Close.Rounding(inputs + 1, Some.Largest * Some.Largest);
            Matrix x = Some.MatrixWithDirtyPadding(rows, inputs, 1);
            Check(x, Some.Matrix(inputs, outputs, 2), Some.Floats(outputs, 3), y, bound);
            Some.HasZeroPadding(y);
        }
    }

    [Fact]
    public void What_is_not_finite_shows_where_the_definition_has_it()
    {
        Matrix x = Some.Matrix(9, 33, 1), weights = Some.Matrix(33, 20, 2);
        float[] bias = Some.Floats(20, 3);
        (x[1, 4], x[8, 32], weights[7, 19], bias[0]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.NaN);
        (x[3, 7], weights[32, 5]) = (0, 0);
        Check(x, weights, bias, new Matrix(0, 0), Close.Rounding(34, Some.Largest * Some.Largest));
    }

    [Fact]
    public void A_row_does_not_depend_on_its_batch()
    {
        Matrix x = Some.Matrix(7, 33, 1), weights = Some.Matrix(33, 20, 2), y = new(0, 0), alone = new(0, 0), one = new(1, 33);
        float[] bias = Some.Floats(20, 3);
        DenseAffine.Compute(x, weights, bias, y, WorkerTeam.Single);
        for (int r = 0; r < 7; r++)
        {
            x.Row(r).CopyTo(one.Row(0));
            DenseAffine.Compute(one, weights, bias, alone, WorkerTeam.Single);
            Assert.Equal(y.Row(r).ToArray(), alone.Row(0).ToArray());
        }
    }

    [Fact]
    public void The_bias_may_start_at_any_address()
    {
        Matrix x = Some.Matrix(9, 33, 1), weights = Some.Matrix(33, 37, 2), expected = new(0, 0), y = new(0, 0);
        DenseAffine.Compute(x, weights, Some.Floats(37, 3), expected, WorkerTeam.Single);
        foreach (int offset in Unaligned.Offsets)
        {
            DenseAffine.Compute(x, weights, Unaligned.Copy(Some.Floats(37, 3), offset), y, WorkerTeam.Single);
            Assert.Equal(expected.Flat.ToArray(), y.Flat.ToArray());
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        Matrix y = new(0, 0);
        Assert.Throws<ArgumentException>(() =>
            DenseAffine.Compute(new Matrix(2, 3), new Matrix(4, 5), new float[5], y, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() =>
            DenseAffine.Compute(new Matrix(2, 4), new Matrix(4, 5), new float[4], y, WorkerTeam.Single));
    }

    private static void Check(Matrix x, Matrix weights, float[] bias, Matrix y, double bound)
    {
        DenseAffine.Compute(x, weights, bias, y, WorkerTeam.Single);
        Assert.Equal((x.Rows, weights.Columns), (y.Rows, y.Columns));
        Close.Matrix((r, d) => DenseAffine.Reference(x, r, weights, bias, d), y, bound);
    }
}

public class DenseOuterProductTests
{
    [Fact]
    public void Adds_the_reference_in_every_shape_exactly_where_sums_are_exact()
    {
        foreach ((int rows, int inputs, int outputs) in OddShapes.All())
        {
            Check(Some.Steps(rows, inputs, 1), Some.Steps(rows, outputs, 2), Some.Steps(inputs, outputs, 3), 0);
            Matrix x = Some.MatrixWithDirtyPadding(rows, inputs, 1), errors = Some.MatrixWithDirtyPadding(rows, outputs, 2);
            Check(x, errors, Some.Matrix(inputs, outputs, 3), Close.Rounding(rows + 1, Some.Largest * Some.Largest));
        }
    }

    [Fact]
    public void What_is_not_finite_shows_where_the_definition_has_it()
    {
        Matrix x = Some.Matrix(9, 33, 1), errors = Some.Matrix(9, 20, 2), before = Some.Matrix(33, 20, 3);
        (x[1, 4], x[8, 32], errors[7, 19]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        (x[7, 3], errors[8, 5], before[2, 2]) = (0, 0, float.NaN);
        Check(x, errors, before, Close.Rounding(10, Some.Largest * Some.Largest));
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        Matrix x = new(3, 4);
        Assert.Throws<ArgumentException>(() =>
            DenseOuterProduct.Accumulate(x, new Matrix(2, 5), new Matrix(4, 5), WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() =>
            DenseOuterProduct.Accumulate(x, new Matrix(3, 5), new Matrix(3, 5), WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() =>
            DenseOuterProduct.Accumulate(x, new Matrix(3, 5), new Matrix(4, 6), WorkerTeam.Single));
    }

    private static void Check(Matrix x, Matrix errors, Matrix before, double bound)
    {
        Matrix gradient = new(0, 0);
        gradient.CopyFrom(before);
        for (int k = 0; k < gradient.Rows; k++) gradient.PaddedRow(k)[gradient.Columns..].Clear();
        DenseOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);
        Some.HasZeroPadding(gradient);
        Close.Matrix((k, d) => before[k, d] + DenseOuterProduct.Reference(x, errors, k, d), gradient, bound);
    }
}

public class DenseBackwardTests
{
    [Fact]
    public void Agrees_with_the_reference_in_every_shape_exactly_where_sums_are_exact()
    {
        Matrix result = Some.MatrixWithDirtyPadding(131, 800, 3);
        foreach ((int rows, int inputs, int outputs) in OddShapes.All())
        {
            Matrix steps = Some.Steps(inputs, outputs, 2);
            for (int k = 0; k < inputs; k++) steps.PaddedRow(k)[outputs..].Clear();
            Check(Some.Steps(rows, outputs, 1), steps, result, 0);
            Matrix errors = Some.MatrixWithDirtyPadding(rows, outputs, 1), weights = Some.Matrix(inputs, outputs, 2);
            Check(errors, weights, result, Close.Rounding(outputs, Some.Largest * Some.Largest));
        }
    }

    [Fact]
    public void What_is_not_finite_shows_where_the_definition_has_it()
    {
        Matrix errors = Some.Matrix(9, 33, 1), weights = Some.Matrix(21, 33, 2);
        (errors[1, 4], errors[8, 32], weights[20, 7]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        (errors[3, 7], weights[5, 32]) = (0, 0);
        Check(errors, weights, new Matrix(0, 0), Close.Rounding(33, Some.Largest * Some.Largest));
    }

    [Fact]
    public void A_row_does_not_depend_on_its_batch()
    {
        Matrix errors = Some.Matrix(7, 33, 1), weights = Some.Matrix(21, 33, 2);
        Matrix together = new(0, 0), alone = new(0, 0), one = new(1, 33);
        DenseBackward.Compute(errors, weights, together, WorkerTeam.Single);
        for (int r = 0; r < 7; r++)
        {
            errors.Row(r).CopyTo(one.Row(0));
            DenseBackward.Compute(one, weights, alone, WorkerTeam.Single);
            Assert.Equal(together.Row(r).ToArray(), alone.Row(0).ToArray());
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit() =>
        Assert.Throws<ArgumentException>(() =>
            DenseBackward.Compute(new Matrix(2, 3), new Matrix(4, 5), new Matrix(0, 0), WorkerTeam.Single));

    private static void Check(Matrix errors, Matrix weights, Matrix result, double bound)
    {
        DenseBackward.Compute(errors, weights, result, WorkerTeam.Single);
        Assert.Equal((errors.Rows, weights.Rows), (result.Rows, result.Columns));
        Some.HasZeroPadding(result);
        Close.Matrix((r, k) => DenseBackward.Reference(errors, r, weights, k), result, bound);
    }
}
