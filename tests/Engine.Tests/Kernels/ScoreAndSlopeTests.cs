using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class ScoreAndSlopeTests
{
    private const double Bound = 3e-7 * Some.Largest * (1 + 10);

    [Fact]
    public void Is_the_reference_in_every_shape_with_zeros_behind_the_last_column()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            BitMatrix bits = Some.Bits(rows, columns, 1);
            Matrix logits = Some.MatrixWithDirtyPadding(rows, columns, 2, 4), slopes = Some.MatrixWithDirtyPadding(rows, columns, 3, 4);
            float[] w = Some.Floats(rows, 4), v = Some.Floats(rows, 5);
            Matrix errors = Some.MatrixWithDirtyPadding(rows, columns, 6);
            ScoreAndSlope.Compute(bits, logits, w, slopes, v, errors, WorkerTeam.Single);
            Close.Matrix((r, c) => ScoreAndSlope.Reference(bits[r, c], logits[r, c], w[r], slopes[r, c], v[r]), errors, Bound);
            Some.HasZeroPadding(errors);
            ScoreAndSlope.ComputeTowards(bits, logits, w, slopes, v, errors, WorkerTeam.Single);
            Close.Matrix(
                (r, c) => ScoreAndSlope.Reference(bits[r, c], logits[r, c], w[r], slopes[r, c] - logits[r, c], v[r]), errors, Bound);
            ScoreAndSlope.ComputeTowards(bits, logits, w, null, v, errors, WorkerTeam.Single);
            Close.Matrix((r, c) => ScoreAndSlope.Reference(bits[r, c], logits[r, c], w[r], -logits[r, c], v[r]), errors, Bound);
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        Matrix logits = new(3, 4), result = new(0, 0);
        float[] weights = new float[3];
        Assert.Throws<ArgumentException>(
            () => ScoreAndSlope.ComputeTowards(new BitMatrix(2, 4), logits, weights, null, weights, result, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(
            () => ScoreAndSlope.ComputeTowards(new BitMatrix(3, 4), logits, weights, new Matrix(3, 5), weights, result, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(
            () => ScoreAndSlope.ComputeTowards(new BitMatrix(3, 4), logits, new float[2], null, weights, result, WorkerTeam.Single));
    }
}
