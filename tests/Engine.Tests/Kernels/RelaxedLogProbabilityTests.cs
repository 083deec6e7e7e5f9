using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class RelaxedLogProbabilityTests
{
    [Fact]
    public void Adds_the_reference_in_every_shape_whatever_the_padding_holds()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix y = Some.MatrixWithDirtyPadding(rows, columns, 1), logits = Some.MatrixWithDirtyPadding(rows, columns, 2, 6);
            float[] before = Some.Floats(rows, 3), sums = [.. before];
            for (int r = 0; r < rows; r++) Sigmoid.Compute(y.Row(r), y.Row(r));
            RelaxedLogProbability.Accumulate(y, logits, sums, WorkerTeam.Single);
            Close.Span(r => before[r] + RelaxedLogProbability.Reference(y.Row(r), logits.Row(r)), sums,
                r => 1e-6 + 5e-7 * logits.Row(r).ToArray().Sum(a => Math.Max(1, Math.Abs(a))));
        }
    }

    [Fact]
    public void On_bits_it_is_the_log_probability_of_bits()
    {
        BitMatrix bits = Some.Bits(9, 77, 1);
        Matrix y = new(9, 77), logits = Some.Matrix(9, 77, 2, 3);
        for (int r = 0; r < 9; r++)
        {
            for (int c = 0; c < 77; c++) y[r, c] = bits[r, c] ? 1 : 0;
        }

        float[] relaxed = new float[9], hard = new float[9];
        RelaxedLogProbability.Accumulate(y, logits, relaxed, WorkerTeam.Single);
        BernoulliLogProbability.Accumulate(bits, logits, hard, WorkerTeam.Single);
        Close.Span(r => hard[r], relaxed, _ => 2e-4);
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        Matrix logits = new(3, 4);
        Assert.Throws<ArgumentException>(() => RelaxedLogProbability.Accumulate(new Matrix(2, 4), logits, new float[3], WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => RelaxedLogProbability.Accumulate(new Matrix(3, 5), logits, new float[3], WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => RelaxedLogProbability.Accumulate(new Matrix(3, 4), logits, new float[2], WorkerTeam.Single));
    }
}
