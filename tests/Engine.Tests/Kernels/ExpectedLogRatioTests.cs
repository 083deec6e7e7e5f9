using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class ExpectedLogRatioTests
{
    private const double Bound = 5e-7 * 4 * Some.Largest;

    [Fact]
    public void Is_the_reference_in_every_shape_for_a_prior_of_every_row_of_one_row_and_without_one()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix logits = Some.Matrix(rows, columns, 1, 4), result = new(0, 0);
            Matrix each = Some.Matrix(rows, columns, 2, 4), one = Some.Matrix(1, columns, 3, 4);
            ExpectedLogRatio.Compute(logits, each, Normalizers(each), result, WorkerTeam.Single);
            Close.Matrix((r, c) => ExpectedLogRatio.Reference(logits[r, c], each[r, c]), result, Bound);
            ExpectedLogRatio.Compute(logits, one, Normalizers(one), result, WorkerTeam.Single);
            Close.Matrix((r, c) => ExpectedLogRatio.Reference(logits[r, c], one[0, c]), result, Bound);
            ExpectedLogRatio.Compute(logits, null, null, result, WorkerTeam.Single);
            Close.Matrix((r, c) => ExpectedLogRatio.Entropy(logits[r, c]), result, Bound);
        }
    }

    [Fact]
    public void The_reference_is_the_mean_of_what_a_bit_gives()
    {
        foreach ((double logit, double prior) in new[] { (0.0, 0.0), (1.5, -2.0), (-3.0, 0.5), (6.0, 5.0) })
        {
            double q = Sigmoid.Reference(logit), p = Sigmoid.Reference(prior);
            double ratio = q * Math.Log(p / q) + (1 - q) * Math.Log((1 - p) / (1 - q));
            Assert.Equal(ratio, ExpectedLogRatio.Reference(logit, prior), 1e-12);
            Assert.Equal(-q * Math.Log(q) - (1 - q) * Math.Log(1 - q), ExpectedLogRatio.Entropy(logit), 1e-12);
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit() => Assert.Throws<ArgumentException>(
        () => ExpectedLogRatio.Compute(new Matrix(3, 4), new Matrix(2, 4), new Matrix(2, 4), new Matrix(0, 0), WorkerTeam.Single));

    private static Matrix Normalizers(Matrix logits)
    {
        Matrix normalizers = new(logits.Rows, logits.Columns);
        Softplus.Compute(logits.Flat, normalizers.Flat);
        return normalizers;
    }
}
