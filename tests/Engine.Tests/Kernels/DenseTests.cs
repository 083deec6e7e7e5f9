using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class DenseAffineTests
{
    [Theory]
    [ClassData(typeof(Shapes))]
    public void Agrees_with_the_reference_in_every_shape(int rows, int inputs, int outputs)
    {
        Matrix x = Some.MatrixWithDirtyPadding(rows, inputs, 1), weights = Some.Matrix(inputs, outputs, 2);
        float[] bias = Some.Floats(outputs, 3);
        Matrix y = Some.MatrixWithDirtyPadding(rows + 1, outputs, 4);
        DenseAffine.Compute(x, weights, bias, y, WorkerTeam.Single);
        Assert.Equal((rows, outputs), (y.Rows, y.Columns));
        Some.HasZeroPadding(y);
        for (int r = 0; r < rows; r++)
        {
            for (int d = 0; d < outputs; d++)
                Assert.Equal(DenseAffine.Reference(x, r, weights, bias, d), y[r, d], 1e-6 * (8 + inputs));
        }
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
}

public class DenseOuterProductTests
{
    [Theory]
    [ClassData(typeof(Shapes))]
    public void Adds_the_reference_in_every_shape(int rows, int inputs, int outputs)
    {
        Matrix x = Some.MatrixWithDirtyPadding(rows, inputs, 1), errors = Some.MatrixWithDirtyPadding(rows, outputs, 2);
        Matrix before = Some.Matrix(inputs, outputs, 3), gradient = new(0, 0);
        gradient.CopyFrom(before);
        DenseOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);
        Some.HasZeroPadding(gradient);
        for (int k = 0; k < inputs; k++)
        {
            for (int d = 0; d < outputs; d++)
            {
                double expected = before[k, d] + DenseOuterProduct.Reference(x, errors, k, d);
                Assert.Equal(expected, gradient[k, d], 1e-6 * (8 + rows));
            }
        }
    }
}

public class DenseBackwardTests
{
    [Theory]
    [ClassData(typeof(Shapes))]
    public void Agrees_with_the_reference_in_every_shape(int rows, int inputs, int outputs)
    {
        Matrix errors = Some.MatrixWithDirtyPadding(rows, outputs, 1), weights = Some.Matrix(inputs, outputs, 2);
        Matrix result = Some.MatrixWithDirtyPadding(rows + 1, inputs, 3);
        DenseBackward.Compute(errors, weights, result, WorkerTeam.Single);
        Assert.Equal((rows, inputs), (result.Rows, result.Columns));
        Some.HasZeroPadding(result);
        for (int r = 0; r < rows; r++)
        {
            for (int k = 0; k < inputs; k++)
                Assert.Equal(DenseBackward.Reference(errors, r, weights, k), result[r, k], 1e-6 * (8 + outputs));
        }
    }
}
