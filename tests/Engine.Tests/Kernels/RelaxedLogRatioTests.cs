using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class RelaxedLogRatioTests
{
    [Fact]
    public void Adds_the_difference_of_two_log_probabilities_in_every_shape_for_a_prior_of_every_row_and_for_one_of_all()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix y = Some.MatrixWithDirtyPadding(rows, columns, 1), logits = Some.MatrixWithDirtyPadding(rows, columns, 2, 6);
            for (int r = 0; r < rows; r++) Sigmoid.Compute(y.Row(r), y.Row(r));
            foreach (Matrix prior in new[] { Some.MatrixWithDirtyPadding(rows, columns, 4, 6), Some.MatrixWithDirtyPadding(1, columns, 5, 6) })
            {
                float[] before = Some.Floats(rows, 3), sums = [.. before];
                RelaxedLogRatio.Accumulate(y, prior, logits, sums, WorkerTeam.Single);
                ReadOnlySpan<float> Given(int r) => prior.Row(prior.Rows == 1 ? 0 : r);
                Close.Span(
                    r => before[r] + RelaxedLogProbability.Reference(y.Row(r), Given(r))
                        - RelaxedLogProbability.Reference(y.Row(r), logits.Row(r)),
                    sums,
                    r => 1e-6 + 1e-6 * Enumerable.Range(0, columns).Sum(i => Math.Max(1, Math.Abs(logits[r, i]) + Math.Abs(Given(r)[i]))));
            }
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        Matrix logits = new(3, 4);
        Assert.Throws<ArgumentException>(() => RelaxedLogRatio.Accumulate(logits, new Matrix(2, 4), logits, new float[3], WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => RelaxedLogRatio.Accumulate(new Matrix(3, 5), logits, logits, new float[3], WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => RelaxedLogRatio.Accumulate(logits, logits, logits, new float[2], WorkerTeam.Single));
    }
}
