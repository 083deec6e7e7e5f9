using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>g = p + d·s: an update by logits of scores s, each row's weighed by one difference d, and of paths p; with sums over units of
/// what it is multiplied by where a control variate learns to lessen ‖g‖².</summary>
/// <remarks>Rounding only, sums in sixteen interleaved partial sums, always the same sixteen. The padding of g becomes some number.
/// Allocates nothing.</remarks>
public static unsafe class ControlledUpdate
{
    private const int SmallestRange = 8192;

    /// <summary>Throws where shapes differ.</summary>
    /// <param name="scores">[B, D] s.</param>
    /// <param name="differences">[B] d.</param>
    /// <param name="free">[B, D] x.</param>
    /// <param name="given">[B, D] y.</param>
    /// <param name="update">[B, D] p, overwritten with g.</param>
    /// <param name="sums">[3, B], reshaped and overwritten with g·g, g·(x − y) and g·s of every row.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(Matrix scores, ReadOnlySpan<float> differences, Matrix free, Matrix given, Matrix update, Matrix sums,
        WorkerTeam team)
    {
        foreach (Matrix matrix in (ReadOnlySpan<Matrix>)[scores, free, given])
        {
            KernelChecks.Same(matrix.Rows, update.Rows, nameof(update));
            KernelChecks.Same(matrix.Columns, update.Columns, nameof(update));
        }

        KernelChecks.Same(differences.Length, update.Rows, nameof(differences));
        sums.Reshape(3, update.Rows);
        sums.Clear();
        if (update.Rows == 0 || update.Columns == 0) return;
        fixed (float* s = &scores.Origin, d = differences, x = &free.Origin, y = &given.Origin, g = &update.Origin, to = &sums.Origin)
        {
            Work work = new(s, d, x, y, g, update.Stride, update.Columns, to, sums.Stride);
            team.Run(work, update.Rows, SmallestRange / update.Columns);
        }
    }

    /// <summary>The definitions of g and of the three terms of the sums, in double, of one unit.</summary>
    public static (double Update, double Square, double Along, double Scored) Reference(
        double score, double difference, double free, double given, double path)
    {
        double g = path + difference * score;
        return (g, g * g, g * (free - given), g * score);
    }

    private readonly struct Work(
        float* scores, float* differences, float* free, float* given, float* update, int stride, int columns, float* sums, int sumStride)
        : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                Vector512<float> d = Vector512.Create(differences[r]);
                Vector512<float> squares = Vector512<float>.Zero, along = squares, scored = squares;
                for (int c = 0; c < columns; c += Matrix.Alignment)
                {
                    long at = (long)r * stride + c;
                    Vector512<float> s = Vector512.LoadAligned(scores + at), g = Vector512.LoadAligned(update + at) + d * s;
                    g.StoreAligned(update + at);
                    if (columns - c < Matrix.Alignment) g &= VectorMath.Mask((1UL << (columns - c)) - 1);
                    squares += g * g;
                    along += g * (Vector512.LoadAligned(free + at) - Vector512.LoadAligned(given + at));
                    scored += g * s;
                }

                sums[r] = VectorMath.Sum(squares);
                sums[r + sumStride] = VectorMath.Sum(along);
                sums[r + 2 * sumStride] = VectorMath.Sum(scored);
            }
        }
    }
}
