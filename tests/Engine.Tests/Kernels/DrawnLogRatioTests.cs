using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class DrawnLogRatioTests
{
    private const double Bound = 5e-7 * 8 * Some.Largest;

    [Fact]
    public void Is_the_reference_in_every_shape_with_a_prior_and_without_one()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            BitMatrix bits = Some.Bits(rows, columns, 1);
            Matrix logits = Some.Matrix(rows, columns, 2, 4), prior = Some.Matrix(1, columns, 3, 4), offsets = Some.Matrix(1, columns, 4);
            double[] lengths = [.. Enumerable.Range(0, rows).Select(r => 1.0 + r % 4)];
            Matrix scores = new(0, 0), signals = new(0, 0);
            DrawnLogRatio.Compute(bits, logits, prior, offsets, lengths, scores, signals, WorkerTeam.Single);
            Close.Matrix((r, c) => BernoulliResidual.Reference(bits[r, c] ? 1 : 0, logits[r, c]), scores, 2e-7);
            Close.Matrix((r, c) => DrawnLogRatio.Reference(bits[r, c], logits[r, c], prior[0, c], offsets[0, c], lengths[r]), signals, Bound);
            DrawnLogRatio.Compute(bits, logits, null, offsets, lengths, scores, signals, WorkerTeam.Single);
            Close.Matrix((r, c) => DrawnLogRatio.Reference(bits[r, c], logits[r, c], null, offsets[0, c], lengths[r]), signals, Bound);
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit() => Assert.Throws<ArgumentException>(() => DrawnLogRatio.Compute(
        new BitMatrix(3, 4), new Matrix(3, 4), null, new Matrix(1, 4), new double[2], new Matrix(0, 0), new Matrix(0, 0), WorkerTeam.Single));
}
