using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Of scores s and signals f of units, h shared by the units of a row: Σ_r w_r (h_r + f_r) s_r² and Σ_r w_r n_r s_r².</summary>
/// <remarks>Rounding only, rows in order, whatever the threads. Allocates nothing.</remarks>
public static unsafe class SquaredScores
{
    private const int SmallestRange = 65536;

    /// <summary>Throws where shapes differ.</summary>
    /// <param name="scores">[B, D] s.</param>
    /// <param name="signals">[B, D] f.</param>
    /// <param name="rows">[3, B] w, h and n.</param>
    /// <param name="sums">[2, D] both sums, accumulated. Their padding becomes some number.</param>
    /// <param name="team">Who computes.</param>
    public static void Accumulate(Matrix scores, Matrix signals, Matrix rows, Matrix sums, WorkerTeam team)
    {
        KernelChecks.Same(signals.Rows, scores.Rows, nameof(signals));
        KernelChecks.Same(signals.Columns, scores.Columns, nameof(signals));
        KernelChecks.Same(rows.Rows, 3, nameof(rows));
        KernelChecks.Same(rows.Columns, scores.Rows, nameof(rows));
        KernelChecks.Same(sums.Rows, 2, nameof(sums));
        KernelChecks.Same(sums.Columns, scores.Columns, nameof(sums));
        if (scores.Rows == 0 || scores.Columns == 0) return;
        fixed (float* s = &scores.Origin, f = &signals.Origin, w = &rows.Origin, to = &sums.Origin)
        {
            Work work = new(s, f, scores.Stride, scores.Rows, w, w + rows.Stride, w + 2 * rows.Stride, to, sums.Stride);
            team.Run(work, scores.Stride / Matrix.Alignment, SmallestRange / (scores.Rows * Matrix.Alignment));
        }
    }

    /// <summary>The definition, in double: both sums of one column.</summary>
    public static (double Products, double Squares) Reference(Matrix scores, Matrix signals, Matrix rows, int column)
    {
        (double products, double squares) = (0, 0);
        for (int r = 0; r < scores.Rows; r++)
        {
            double weighted = rows[0, r] * Math.Pow(scores[r, column], 2);
            products += weighted * (rows[1, r] + (double)signals[r, column]);
            squares += weighted * rows[2, r];
        }

        return (products, squares);
    }

    private readonly struct Work(float* scores, float* signals, int stride, int rows, float* weights, float* shared, float* lengths,
        float* sums, int sumStride) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (int c = start * Matrix.Alignment; c < end * Matrix.Alignment; c += Matrix.Alignment)
            {
                Vector512<float> products = Vector512.LoadAligned(sums + c), squares = Vector512.LoadAligned(sums + sumStride + c);
                long at = c;
                for (int r = 0; r < rows; r++, at += stride)
                {
                    Vector512<float> s = Vector512.LoadAligned(scores + at), weighted = s * Vector512.Create(weights[r]) * s;
                    products += weighted * (Vector512.LoadAligned(signals + at) + Vector512.Create(shared[r]));
                    squares += weighted * Vector512.Create(lengths[r]);
                }

                products.StoreAligned(sums + c);
                squares.StoreAligned(sums + sumStride + c);
            }
        }
    }
}
