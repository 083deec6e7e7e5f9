using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BernoulliErrorTests
{
    [Fact]
    public void Is_the_reference_with_and_without_weights_and_for_shared_logits_in_every_shape()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            BitMatrix bits = Some.Bits(rows, columns, 1);
            Matrix logits = Some.MatrixWithDirtyPadding(rows, columns, 2, 4);
            float[] weights = Some.Floats(rows, 3, 1f / Math.Max(1, rows));
            Check(bits, logits, weights);
            Check(bits, logits, []);
            CheckShared(bits, Some.Floats(columns, 4), weights);
        }
    }

    [Fact]
    public void Extreme_logits_of_every_size_stay_within_the_bound_in_every_place()
    {
        foreach (Matrix logits in ExtremeLogits.Matrices())
        {
            BitMatrix bits = Some.Bits(logits.Rows, logits.Columns, 1);
            Check(bits, logits, Some.Floats(logits.Rows, 2, 0.02f));
        }
    }

    [Fact]
    public void A_logit_that_is_no_number_shows_in_its_place_and_in_no_other()
    {
        for (int column = 0; column < 129; column++)
        {
            Matrix logits = Some.Matrix(3, 129, 1);
            logits[1, column] = float.NaN;
            Check(Some.Bits(3, 129, 2), logits, [0.3f, 0.3f, 0.3f]);
        }
    }

    [Fact]
    public void A_weight_that_is_no_number_shows_in_its_whole_row()
    {
        Matrix errors = new(0, 0);
        BernoulliError.Compute(Some.Bits(3, 70, 1), Some.Matrix(3, 70, 2), [1, float.NaN, 1], errors, WorkerTeam.Single);
        foreach (float error in errors.Row(1)) Assert.Equal(float.NaN, error);
    }

    [Fact]
    public void Weights_of_zero_give_no_errors()
    {
        Matrix errors = Some.MatrixWithDirtyPadding(3, 70, 3);
        BernoulliError.Compute(Some.Bits(3, 70, 1), Some.Matrix(3, 70, 2), [0, -0f, 0], errors, WorkerTeam.Single);
        Assert.False(errors.Flat.ContainsAnyExcept(0f));
    }

    [Fact]
    public void Spans_may_start_at_any_address()
    {
        foreach (int offset in Unaligned.Offsets)
        {
            for (int columns = 1; columns < 40; columns++)
            {
                BitMatrix bits = Some.Bits(5, columns, 1);
                Matrix expected = new(0, 0), errors = new(0, 0);
                Span<float> logits = Unaligned.Copy(Some.Floats(columns, 2), offset), weights = Unaligned.Copy(Some.Floats(5, 3), offset);
                BernoulliError.Compute(bits, Some.Floats(columns, 2), Some.Floats(5, 3), expected, WorkerTeam.Single);
                BernoulliError.Compute(bits, logits, weights, errors, WorkerTeam.Single);
                Assert.Equal(expected.Flat.ToArray(), errors.Flat.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Adds_the_sums_of_its_columns_where_they_are_wanted(int threads)
    {
        using WorkerTeam team = new(threads);
        foreach ((int rows, int columns) in new[] { (1, 1), (7, 21), (40, 700), (100, 1100) })
        {
            BitMatrix bits = Some.Bits(rows, columns, 1);
            float[] weights = Some.Floats(rows, 3), sums = Some.Floats(columns, 4), before = [.. sums];
            Matrix errors = new(0, 0);
            BernoulliError.Compute(bits, Some.Matrix(rows, columns, 2), weights, errors, team, sums);
            double[] added = ColumnSums.Reference(errors);
            for (int d = 0; d < columns; d++) Assert.Equal(before[d] + (float)added[d], sums[d]);
        }
    }

    [Fact]
    public void May_overwrite_its_logits()
    {
        BitMatrix bits = Some.Bits(7, 21, 1);
        Matrix logits = Some.Matrix(7, 21, 2), apart = new(0, 0);
        BernoulliError.Compute(bits, logits, [], apart, WorkerTeam.Single);
        BernoulliError.Compute(bits, logits, [], logits, WorkerTeam.Single);
        Assert.Equal(apart.Flat.ToArray(), logits.Flat.ToArray());
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        BitMatrix bits = new(3, 4);
        Matrix errors = new(0, 0);
        Assert.Throws<ArgumentException>(() => BernoulliError.Compute(bits, new Matrix(2, 4), [], errors, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => BernoulliError.Compute(bits, new Matrix(3, 5), [], errors, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => BernoulliError.Compute(bits, new Matrix(3, 4), [1, 1], errors, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => BernoulliError.Compute(bits, new float[5], [], errors, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() =>
            BernoulliError.Compute(bits, new float[4], [], errors, WorkerTeam.Single, new float[5]));
    }

    private static void Check(BitMatrix bits, Matrix logits, float[] weights)
    {
        Matrix errors = Some.MatrixWithDirtyPadding(bits.Rows, bits.Columns, 9);
        BernoulliError.Compute(bits, logits, weights, errors, WorkerTeam.Single);
        AreClose(bits, (r, c) => logits[r, c], weights, errors);
    }

    private static void CheckShared(BitMatrix bits, float[] logits, float[] weights)
    {
        Matrix errors = Some.MatrixWithDirtyPadding(bits.Rows, bits.Columns, 9);
        BernoulliError.Compute(bits, logits, weights, errors, WorkerTeam.Single);
        AreClose(bits, (_, c) => logits[c], weights, errors);
    }

    private static void AreClose(BitMatrix bits, Func<int, int, double> logits, float[] weights, Matrix errors)
    {
        Assert.Equal((bits.Rows, bits.Columns), (errors.Rows, errors.Columns));
        Some.HasZeroPadding(errors);
        double halfStep = ExactSums.Step(weights, bits.Rows) / 2;
        for (int r = 0; r < errors.Rows; r++)
        {
            int row = r;
            float weight = weights.Length == 0 ? 1 : weights[r];
            double bound = 1.5e-7 * Math.Abs(weight) + halfStep;
            Close.Span(c => BernoulliError.Reference(bits[row, c], logits(row, c), weight), errors.Row(r), _ => bound);
        }
    }
}
