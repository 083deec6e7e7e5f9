using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BinaryOuterProductTests
{
    [Theory]
    [ClassData(typeof(Shapes))]
    public void Adds_the_reference_in_every_shape_and_density(int rows, int parents, int children)
    {
        Matrix errors = Some.MatrixWithDirtyPadding(rows, children, 1);
        Matrix before = Some.Matrix(parents, children, 2);
        Matrix gradient = new(0, 0);
        foreach (double density in new[] { 0, 0.15, 0.5, 1 })
        {
            BitMatrix x = Some.Bits(rows, parents, 3, density);
            gradient.CopyFrom(before);
            BinaryOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);
            Some.HasZeroPadding(gradient);
            for (int k = 0; k < parents; k++)
            {
                for (int d = 0; d < children; d++)
                {
                    double expected = before[k, d] + BinaryOuterProduct.Reference(x, errors, k, d);
                    Assert.Equal(expected, gradient[k, d], 2e-6 * (8 + rows * density));
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
}
