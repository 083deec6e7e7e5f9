using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class SoftBitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0.05)]
    [InlineData(5)]
    public void Are_the_reference_in_every_shape_of_one_matrix_and_of_the_sum_of_two(double temperature)
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix x = Some.Matrix(rows, columns, 1, 2), y = Some.Matrix(rows, columns, 2, 2), values = new(0, 0), slopes = new(0, 0);
            SoftBits.Compute(x, null, temperature, values, slopes, WorkerTeam.Single);
            Hold((r, c) => x[r, c], temperature, values, slopes);
            SoftBits.Compute(x, y, temperature, values, slopes, WorkerTeam.Single);
            Hold((r, c) => (double)x[r, c] + y[r, c], temperature, values, slopes);
        }
    }

    [Fact]
    public void Refuse_shapes_that_do_not_fit() =>
        Assert.Throws<ArgumentException>(() => SoftBits.Compute(new Matrix(3, 4), new Matrix(3, 5), 1, new Matrix(0, 0), new Matrix(0, 0), WorkerTeam.Single));

    private static void Hold(Func<int, int, double> z, double temperature, Matrix values, Matrix slopes)
    {
        double bound = 4e-7 * Math.Max(1, 7 / temperature);
        Close.Matrix((r, c) => SoftBits.Reference(z(r, c), temperature).Value, values, bound);
        Close.Matrix((r, c) => SoftBits.Reference(z(r, c), temperature).Slope, slopes, bound / temperature);
    }
}
