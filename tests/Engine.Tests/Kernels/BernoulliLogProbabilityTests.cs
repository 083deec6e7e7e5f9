using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BernoulliLogProbabilityTests
{
    [Fact]
    public void Adds_the_reference_for_a_matrix_and_for_a_shared_row_of_logits_in_every_shape()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            float[] shared = Some.Floats(columns, 4, 6), before = Some.Floats(rows, 3);
            Check(Some.Bits(rows, columns, 1), Some.MatrixWithDirtyPadding(rows, columns, 2, 6), before);
            Check(Some.Bits(rows, columns, 1), shared, before);
        }
    }

    [Fact]
    public void Extreme_logits_of_every_size_stay_within_the_bound_in_every_place()
    {
        foreach (Matrix logits in ExtremeLogits.Matrices()) Check(Some.Bits(logits.Rows, logits.Columns, 1), logits, new float[logits.Rows]);
    }

    [Fact]
    public void A_logit_that_is_no_number_shows_in_its_row_and_in_no_other()
    {
        for (int column = 0; column < 129; column++)
        {
            Matrix logits = Some.Matrix(3, 129, 1);
            logits[1, column] = float.NaN;
            Check(Some.Bits(3, 129, 2), logits, new float[3]);
        }
    }

    [Fact]
    public void Spans_may_start_at_any_address()
    {
        foreach (int offset in Unaligned.Offsets)
        {
            for (int columns = 1; columns < 40; columns++)
            {
                BitMatrix bits = Some.Bits(5, columns, 1);
                Span<float> logits = Unaligned.Copy(Some.Floats(columns, 2), offset), sums = Unaligned.Copy(Some.Floats(5, 3), offset);
                float[] expected = Some.Floats(5, 3);
                BernoulliLogProbability.Accumulate(bits, Some.Floats(columns, 2), expected, WorkerTeam.Single);
                BernoulliLogProbability.Accumulate(bits, logits, sums, WorkerTeam.Single);
                Assert.Equal(expected, sums.ToArray());
            }
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        BitMatrix bits = new(3, 4);
        Matrix logits = new(3, 4);
        Assert.Throws<ArgumentException>(() => BernoulliLogProbability.Accumulate(bits, new Matrix(2, 4), new float[3], WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => BernoulliLogProbability.Accumulate(bits, new Matrix(3, 5), new float[3], WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => BernoulliLogProbability.Accumulate(bits, logits, new float[4], WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => BernoulliLogProbability.Accumulate(bits, new float[5], new float[3], WorkerTeam.Single));
    }

    private static void Check(BitMatrix bits, Matrix logits, float[] before)
    {
        float[] result = [.. before];
        BernoulliLogProbability.Accumulate(bits, logits, result, WorkerTeam.Single);
        Close.Span(r => before[r] + Reference(r), result, r => Bound(bits, r, logits.Row(r)) + Addition(result[r]));
        double Reference(int r) => BernoulliLogProbability.Reference(Some.Row(bits, r), logits.Row(r));
    }

    private static void Check(BitMatrix bits, float[] logits, float[] before)
    {
        float[] result = [.. before];
        BernoulliLogProbability.Accumulate(bits, logits, result, WorkerTeam.Single);
        Close.Span(r => before[r] + Reference(r), result, r => Bound(bits, r, logits) + Addition(result[r]));
        double Reference(int r) => BernoulliLogProbability.Reference(Some.Row(bits, r), logits);
    }

    // The stated bound with the logit's share in the result in place of its size: no logit, however large, excuses an error
    // where its unit is as good as certain.
    private static double Bound(BitMatrix bits, int row, ReadOnlySpan<float> logits)
    {
        double bound = 0;
        for (int c = 0; c < logits.Length; c++)
            bound += 3e-7 * Math.Max(1, Softplus.Reference(bits[row, c] ? -(double)logits[c] : logits[c]));
        return bound;
    }

    // What was there before is added in single precision.
    private static double Addition(float result) => Math.Abs(result) / (1 << 24);
}
