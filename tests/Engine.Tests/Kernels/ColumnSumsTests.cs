using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class ColumnSumsTests
{
    [Fact]
    public void Adds_the_reference_in_every_shape_exactly_where_sums_are_exact()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Check(Some.Steps(rows, columns, 1), Some.Steps(columns, 2), 0);
            Check(Some.MatrixWithDirtyPadding(rows, columns, 1), Some.Floats(columns, 2), Close.Rounding(rows + 1, Some.Largest));
        }
    }

    [Fact]
    public void What_is_not_finite_shows_in_its_column_and_in_no_other()
    {
        Matrix values = Some.Matrix(9, 40, 1);
        float[] before = Some.Floats(40, 2);
        (values[3, 0], values[4, 17], values[5, 17], before[39]) =
            (float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.NegativeInfinity);
        Check(values, before, Close.Rounding(10, Some.Largest));
    }

    [Fact]
    public void The_sums_may_start_at_any_address()
    {
        for (int columns = 1; columns < 40; columns++)
        {
            float[] expected = Some.Floats(columns, 2);
            ColumnSums.Accumulate(Some.Matrix(9, columns, 1), expected, WorkerTeam.Single);
            foreach (int offset in Unaligned.Offsets)
            {
                Span<float> sums = Unaligned.Copy(Some.Floats(columns, 2), offset);
                ColumnSums.Accumulate(Some.Matrix(9, columns, 1), sums, WorkerTeam.Single);
                Assert.Equal(expected, sums.ToArray());
            }
        }
    }

    [Fact]
    public void Refuses_a_length_that_does_not_fit() =>
        Assert.Throws<ArgumentException>(() => ColumnSums.Accumulate(new Matrix(3, 4), new float[5], WorkerTeam.Single));

    private static void Check(Matrix values, float[] before, double bound)
    {
        float[] sums = [.. before];
        double[] expected = ColumnSums.Reference(values);
        ColumnSums.Accumulate(values, sums, WorkerTeam.Single);
        Close.Span(c => before[c] + expected[c], sums, _ => bound);
    }
}
