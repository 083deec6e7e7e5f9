using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>The delta rule's errors as the kernel rounds them, so that gradients do not depend on the order of their sums.
/// </summary>
public class RoundedErrorTests
{
    [Theory]
    [MemberData(nameof(ExactSumsTests.Weights), MemberType = typeof(ExactSumsTests))]
    public void Errors_are_multiples_of_the_step_and_their_gradients_the_reference_bit_for_bit(string kind)
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            BitMatrix children = Some.Bits(rows, columns, 1), x = Some.Bits(rows, 9, 2);
            Matrix logits = Some.Matrix(rows, columns, 3, 20), errors = new(0, 0);
            float[] weights = ExactSumsTests.Create(kind, rows);
            BernoulliError.Compute(children, logits, weights, errors, WorkerTeam.Single);
            HasExactSums(x, errors, ExactSums.Step(weights, rows));
        }
    }

    [Fact]
    public void Without_weights_all_weigh_one()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            BitMatrix children = Some.Bits(rows, columns, 1), x = Some.Bits(rows, 9, 2);
            Matrix errors = new(0, 0);
            BernoulliError.Compute(children, Some.Floats(columns, 3, 9), [], errors, WorkerTeam.Single);
            HasExactSums(x, errors, ExactSums.Step([], rows));
        }
    }

    [Fact]
    public void One_row_of_logits_for_all_gives_the_errors_of_as_many_copies()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            BitMatrix children = Some.Bits(rows, columns, 1);
            float[] row = Some.Floats(columns, 3, 9), weights = Some.Floats(rows, 7, 3);
            Matrix copies = new(rows, columns), expected = new(0, 0), errors = new(0, 0);
            for (int r = 0; r < rows; r++) row.CopyTo(copies.Row(r));
            BernoulliError.Compute(children, copies, weights, expected, WorkerTeam.Single);
            BernoulliError.Compute(children, row, weights, errors, WorkerTeam.Single);
            for (int r = 0; r < rows; r++) Assert.Equal(expected.Row(r).ToArray(), errors.Row(r).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(ExactSumsTests.Weights), MemberType = typeof(ExactSumsTests))]
    public void Saturated_errors_of_a_whole_batch_are_summed_exactly(string kind)
    {
        for (int rows = 1; rows < 130; rows++) CheckSaturated(ExactSumsTests.Create(kind, rows));
    }

    /// <summary>These add up to one exactly, in steps of 2⁻²⁴ with fractions of ¾: each rounded to the nearest step, they add up
    /// to two steps more.</summary>
    [Fact]
    public void Saturated_errors_whose_weights_are_rounded_up_are_summed_exactly()
    {
        float[] weights = [.. Enumerable.Range(0, 8).Select(r => (float)((r < 6 ? 2097151.75 : 2097152.75) / (1 << 24)))];
        Assert.Equal(1, weights.Sum(w => (double)w));
        CheckSaturated(weights);
    }

    // All units are as good as certainly wrong but one, whose error is a few steps smaller.
    private static void CheckSaturated(float[] weights)
    {
        BitMatrix ones = Some.Bits(weights.Length, 40, 1, 1);
        Matrix logits = new(weights.Length, 40), errors = new(0, 0);
        logits.Flat.Fill(-100);
        for (int c = 0; c < 40; c++) logits[c % weights.Length, c] = c / 4f - 20;
        BernoulliError.Compute(ones, logits, weights, errors, WorkerTeam.Single);
        HasExactSums(ones, errors, ExactSums.Step(weights, weights.Length));
    }

    private static void HasExactSums(BitMatrix x, Matrix errors, double step)
    {
        for (int r = 0; r < errors.Rows; r++)
        {
            foreach (float error in errors.Row(r)) Assert.True(double.IsInteger(error / step));
        }

        Matrix gradient = new(x.Columns, errors.Columns);
        BinaryOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);
        Close.Matrix((k, d) => BinaryOuterProduct.Reference(x, errors, k, d), gradient, 0);
        float[] sums = new float[errors.Columns];
        double[] expected = ColumnSums.Reference(errors);
        ColumnSums.Accumulate(errors, sums, WorkerTeam.Single);
        Close.Span(d => expected[d], sums, _ => 0);
    }
}
