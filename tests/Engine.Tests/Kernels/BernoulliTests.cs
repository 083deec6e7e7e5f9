using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BernoulliLogProbabilityTests
{
    [Theory]
    [ClassData(typeof(RowShapes))]
    public void Adds_the_reference_for_a_matrix_of_logits(int rows, int columns)
    {
        BitMatrix bits = Some.Bits(rows, columns, 1);
        Matrix logits = Some.MatrixWithDirtyPadding(rows, columns, 2, 6);
        float[] before = Some.Floats(rows, 3), result = [.. before];
        BernoulliLogProbability.Accumulate(bits, logits, result, WorkerTeam.Single);
        for (int r = 0; r < rows; r++)
        {
            double expected = before[r] + BernoulliLogProbability.Reference(Some.Row(bits, r), logits.Row(r));
            Assert.Equal(expected, result[r], 3e-7 * (4 + 6 * columns));
        }
    }

    [Theory]
    [ClassData(typeof(RowShapes))]
    public void Adds_the_reference_for_one_shared_row_of_logits(int rows, int columns)
    {
        BitMatrix bits = Some.Bits(rows, columns, 1);
        float[] logits = Some.Floats(columns, 2, 6), before = Some.Floats(rows, 3), result = [.. before];
        BernoulliLogProbability.Accumulate(bits, logits, result, WorkerTeam.Single);
        for (int r = 0; r < rows; r++)
        {
            double expected = before[r] + BernoulliLogProbability.Reference(Some.Row(bits, r), logits);
            Assert.Equal(expected, result[r], 3e-7 * (4 + 6 * columns));
        }
    }

    [Theory]
    [InlineData(true, 1e4f, 0f)]
    [InlineData(false, 1e4f, -1e4f)]
    [InlineData(true, -1e4f, -1e4f)]
    [InlineData(false, -1e4f, 0f)]
    [InlineData(true, float.PositiveInfinity, 0f)]
    [InlineData(false, float.PositiveInfinity, float.NegativeInfinity)]
    [InlineData(true, float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(false, float.NegativeInfinity, 0f)]
    [InlineData(true, float.NaN, float.NaN)]
    public void Saturated_units_have_their_limits(bool bit, float logit, float expected)
    {
        BitMatrix bits = new(1, 3);
        for (int c = 0; c < 3; c++) bits[0, c] = bit;
        float[] result = [0];
        BernoulliLogProbability.Accumulate(bits, [logit, logit, logit], result, WorkerTeam.Single);
        Assert.Equal(3 * expected, result[0]);
    }
}

public class BernoulliErrorTests
{
    [Theory]
    [ClassData(typeof(RowShapes))]
    public void Is_the_reference_with_and_without_weights_and_for_shared_logits(int rows, int columns)
    {
        BitMatrix bits = Some.Bits(rows, columns, 1);
        Matrix logits = Some.MatrixWithDirtyPadding(rows, columns, 2, 4);
        float[] weights = Some.Floats(rows, 3), shared = Some.Floats(columns, 4);
        Matrix weighted = new(0, 0), plain = new(0, 0), prior = new(0, 0);
        BernoulliError.Compute(bits, logits, weights, weighted, WorkerTeam.Single);
        BernoulliError.Compute(bits, logits, [], plain, WorkerTeam.Single);
        BernoulliError.Compute(bits, shared, weights, prior, WorkerTeam.Single);
        Some.HasZeroPadding(weighted);
        Some.HasZeroPadding(prior);
        for (int r = 0; r < rows; r++)
        {
            float w = weights[r];
            for (int c = 0; c < columns; c++)
            {
                double bound = 1.6e-7 * Math.Max(1, Math.Abs(w));
                Assert.Equal(BernoulliError.Reference(bits[r, c], logits[r, c], w), weighted[r, c], bound);
                Assert.Equal(BernoulliError.Reference(bits[r, c], logits[r, c], 1), plain[r, c], 1.6e-7);
                Assert.Equal(BernoulliError.Reference(bits[r, c], shared[c], w), prior[r, c], bound);
            }
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
}
