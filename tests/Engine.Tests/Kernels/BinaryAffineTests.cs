using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BinaryAffineTests
{
    [Theory]
    [ClassData(typeof(Shapes))]
    public void Agrees_with_the_reference_in_every_shape_and_density(int rows, int parents, int children)
    {
        Matrix weights = Some.Matrix(parents, children, 1);
        float[] bias = Some.Floats(children, 2);
        Matrix logits = Some.MatrixWithDirtyPadding(rows + 1, children, 3);
        foreach (double density in new[] { 0, 0.15, 0.5, 1 })
        {
            BitMatrix x = Some.Bits(rows, parents, 4, density);
            BinaryAffine.Compute(x, weights, bias, logits, WorkerTeam.Single);
            Assert.Equal((rows, children), (logits.Rows, logits.Columns));
            Some.HasZeroPadding(logits);
            for (int r = 0; r < rows; r++)
            {
                for (int d = 0; d < children; d++)
                {
                    double expected = BinaryAffine.Reference(x, r, weights, bias, d);
                    Assert.Equal(expected, logits[r, d], 2e-6 * (8 + parents * density));
                }
            }
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void The_logits_of_a_row_do_not_depend_on_its_batch(double density)
    {
        Matrix weights = Some.Matrix(200, 70, 1);
        float[] bias = Some.Floats(70, 2);
        BitMatrix x = Some.Bits(60, 200, 3, density);
        Matrix together = new(0, 0), alone = new(0, 0);
        BinaryAffine.Compute(x, weights, bias, together, WorkerTeam.Single);
        BitMatrix one = new(1, 200);
        for (int r = 0; r < 60; r++)
        {
            x.Row(r).CopyTo(one.Row(0));
            BinaryAffine.Compute(one, weights, bias, alone, WorkerTeam.Single);
            Assert.Equal(together.Row(r).ToArray(), alone.Row(0).ToArray());
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
}
