using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class SignaledScoresTests
{
    [Fact]
    public void Are_the_reference_in_every_shape()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix scores = Some.Matrix(rows, columns, 1), signals = Some.Matrix(rows, columns, 2), errors = new(0, 0);
            float[] w = Some.Floats(rows, 3), shared = Some.Floats(rows, 4);
            SignaledScores.Compute(scores, signals, w, shared, errors, WorkerTeam.Single);
            Close.Matrix((r, c) => SignaledScores.Reference(scores[r, c], signals[r, c], w[r], shared[r]), errors, 2e-6);
        }
    }

    [Fact]
    public void Their_squares_sum_to_the_reference_on_top_of_what_was_there()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix scores = Some.Matrix(rows, columns, 1), signals = Some.Matrix(rows, columns, 2), weights = Some.Matrix(3, rows, 3);
            Matrix sums = Some.Matrix(2, columns, 4), before = Some.Matrix(2, columns, 4);
            SquaredScores.Accumulate(scores, signals, weights, sums, WorkerTeam.Single);
            double bound = Close.Rounding(rows + 4, 2 * Math.Pow(Some.Largest, 4));
            Close.Matrix(
                (r, c) =>
                {
                    (double products, double squares) = SquaredScores.Reference(scores, signals, weights, c);
                    return before[r, c] + (r == 0 ? products : squares);
                },
                sums,
                bound);
        }
    }

    [Fact]
    public void Refuse_shapes_that_do_not_fit()
    {
        Matrix scores = new(3, 4);
        Assert.Throws<ArgumentException>(
            () => SignaledScores.Compute(scores, new Matrix(3, 5), new float[3], new float[3], new Matrix(0, 0), WorkerTeam.Single));
        Assert.Throws<ArgumentException>(
            () => SquaredScores.Accumulate(scores, scores, new Matrix(3, 2), new Matrix(2, 4), WorkerTeam.Single));
    }
}
