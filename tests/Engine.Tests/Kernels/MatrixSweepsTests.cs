using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class MatrixSweepsTests
{
    private const double Bound = 3e-6;

    [Fact]
    public void Are_their_definitions_in_every_shape()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix x = Some.Matrix(rows, columns, 1), y = Some.Matrix(rows, columns, 2), u = Some.Matrix(rows, columns, 3);
            Matrix v = Some.Matrix(rows, columns, 4), before = Some.Matrix(rows, columns, 5), result = new(0, 0);
            float[] weights = Some.Floats(rows, 6);
            MatrixSweeps.Subtract(x, y, 0.7f, result, WorkerTeam.Single);
            Close.Matrix((r, c) => MatrixSweeps.SubtractReference(x[r, c], y[r, c], 0.7f), result, Bound);
            MatrixSweeps.Multiply(x, y, weights, -2, result, WorkerTeam.Single);
            Close.Matrix((r, c) => MatrixSweeps.MultiplyReference(x[r, c], y[r, c], weights[r], -2), result, Bound);
            result.CopyFrom(before);
            MatrixSweeps.AddDifference(x, u, y, v, result, WorkerTeam.Single);
            Close.Matrix((r, c) => MatrixSweeps.AddDifferenceReference(x[r, c], u[r, c], y[r, c], v[r, c], before[r, c]),
                result, Bound);
        }
    }

    [Fact]
    public void Add_a_log_ratio_to_a_gradient_and_go_on_along_slopes()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix before = Some.Matrix(rows, columns, 1), logits = Some.Matrix(rows, columns, 2), slopes = Some.Matrix(rows, columns, 3);
            foreach (Matrix prior in new[] { Some.Matrix(rows, columns, 4), Some.Matrix(1, columns, 5) })
            {
                Matrix gradient = new(0, 0), paths = new(0, 0);
                gradient.CopyFrom(before);
                LogRatioPath.Compute(gradient, prior, logits, slopes, paths, WorkerTeam.Single);
                (double Gradient, double Path) Expected(int r, int c) =>
                    LogRatioPath.Reference(before[r, c], prior[prior.Rows == 1 ? 0 : r, c], logits[r, c], slopes[r, c]);
                Close.Matrix((r, c) => Expected(r, c).Gradient, gradient, Bound);
                Close.Matrix((r, c) => Expected(r, c).Path, paths, Bound);
            }
        }
    }

    [Fact]
    public void Find_an_update_with_its_square_and_what_it_is_multiplied_by()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix scores = Some.Matrix(rows, columns, 1), free = Some.Matrix(rows, columns, 2), given = Some.Matrix(rows, columns, 3);
            Matrix paths = Some.Matrix(rows, columns, 4), update = new(0, 0), sums = new(0, 0);
            float[] differences = Some.Floats(rows, 5);
            update.CopyFrom(paths);
            ControlledUpdate.Compute(scores, differences, free, given, update, sums, WorkerTeam.Single);
            (double Update, double Square, double Along, double Scored) Expected(int r, int c) =>
                ControlledUpdate.Reference(scores[r, c], differences[r], free[r, c], given[r, c], paths[r, c]);
            Close.Matrix((r, c) => Expected(r, c).Update, update, Bound);
            Close.Matrix((k, r) => Enumerable.Range(0, columns).Sum(c => k switch
            {
                0 => Expected(r, c).Square,
                1 => Expected(r, c).Along,
                _ => Expected(r, c).Scored,
            }), sums, Close.Rounding(columns + 4, 25));
        }
    }

    [Fact]
    public void Refuse_shapes_that_do_not_fit()
    {
        (Matrix x, Matrix other, Matrix result) = (new Matrix(3, 4), new Matrix(3, 5), new Matrix(0, 0));
        Assert.Throws<ArgumentException>(() => MatrixSweeps.Subtract(x, other, 1, result, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => MatrixSweeps.AddDifference(x, x, x, other, x, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => MatrixSweeps.Multiply(x, x, new float[2], 1, result, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => LogRatioPath.Compute(x, new Matrix(2, 4), x, x, result, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => ControlledUpdate.Compute(x, new float[3], x, other, x, result, WorkerTeam.Single));
    }
}
