using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>y − σ(a): the gradient by the logits a of Bernoulli log-probabilities, y bits or real numbers in [0, 1].</summary>
/// <remarks>Unlike <see cref="BernoulliError"/> not rounded to a common quantum: a row depends on itself alone. Error below 2e-7
/// against <see cref="Reference"/>. The padding of the result is zero. Allocates nothing within the capacity of the result.
/// </remarks>
public static unsafe class BernoulliResidual
{
    private const int SmallestRange = 4096;

    /// <summary>residuals [B, D], reshaped and overwritten, from bits and logits [B, D]. Throws where shapes differ.</summary>
    public static void Compute(BitMatrix bits, Matrix logits, Matrix residuals, WorkerTeam team)
    {
        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        residuals.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* a = &logits.Origin, to = &residuals.Origin)
        {
            Work work = new(b, bits.WordsPerRow, null, a, logits.Stride, to, logits.Columns);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }
    }

    /// <summary>The same, and result [B] += log p(bits | logits), in nats, to the last bit what <see cref="BernoulliLogProbability"/> gives.
    /// </summary>
    public static void Compute(BitMatrix bits, Matrix logits, Matrix residuals, Span<float> result, WorkerTeam team)
    {
        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        KernelChecks.Same(result.Length, logits.Rows, nameof(result));
        residuals.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* a = &logits.Origin, to = &residuals.Origin, sums = result)
        {
            JudgingWork work = new(b, bits.WordsPerRow, a, logits.Stride, to, logits.Columns, sums);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }
    }

    /// <summary>residuals [B, D], reshaped and overwritten, from y and logits [B, D]. Throws where shapes differ.</summary>
    public static void Compute(Matrix y, Matrix logits, Matrix residuals, WorkerTeam team)
    {
        KernelChecks.Same(y.Rows, logits.Rows, nameof(y));
        KernelChecks.Same(y.Columns, logits.Columns, nameof(y));
        residuals.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (float* from = &y.Origin, a = &logits.Origin, to = &residuals.Origin)
        {
            Work work = new(null, 0, from, a, logits.Stride, to, logits.Columns);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }
    }

    /// <summary>The definition, in double.</summary>
    public static double Reference(double y, double logit) => y - Sigmoid.Reference(logit);

    private readonly struct Work(ulong* bits, int words, float* y, float* logits, int stride, float* residuals, int columns)
        : IRangeWork, IElementWork
    {
        public void Run(int start, int end) => RowSweep.Run(this, start, end, columns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int column) where T : struct, IVectors<T>
        {
            long at = (long)row * stride + column;
            T child = y != null
                ? T.Load(y + at, Matrix.Alignment)
                : T.LoadMask((ushort*)(bits + (long)row * words) + column / Matrix.Alignment, 1) & Vector512<float>.One;
            T residual = child - Sigmoid.Compute(T.Load(logits + at, Matrix.Alignment));
            if (columns - column < Matrix.Alignment) residual &= VectorMath.Mask((1UL << (columns - column)) - 1);
            residual.Store(residuals + at, Matrix.Alignment);
        }
    }

    private readonly struct JudgingWork(ulong* bits, int words, float* logits, int stride, float* residuals, int columns, float* sums)
        : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                float* a = logits + (long)r * stride;
                sums[r] += BernoulliLogProbability.Row<OfLogits>(bits + (long)r * words, a, a, residuals + (long)r * stride, columns);
            }
        }
    }
}
