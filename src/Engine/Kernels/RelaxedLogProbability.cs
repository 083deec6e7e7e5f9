using System.Runtime.CompilerServices;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Bernoulli log-probabilities continued to real numbers y in [0, 1]: Σᵢ yᵢ·aᵢ − softplus(aᵢ), in nats.</summary>
/// <remarks>On bits it is log p(y | a). Error below 5e-7 nats · Σᵢ max(1, |aᵢ|) against <see cref="Reference"/>. Allocates nothing.
/// </remarks>
public static unsafe class RelaxedLogProbability
{
    private const int SmallestRange = 4096;

    /// <summary>result [B] += Σᵢ yᵢ·aᵢ − softplus(aᵢ), y and logits [B, D]. Throws where shapes differ.</summary>
    public static void Accumulate(Matrix y, Matrix logits, Span<float> result, WorkerTeam team)
    {
        KernelChecks.Same(y.Rows, logits.Rows, nameof(y));
        KernelChecks.Same(y.Columns, logits.Columns, nameof(y));
        KernelChecks.Same(result.Length, logits.Rows, nameof(result));
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (float* from = &y.Origin, a = &logits.Origin, sums = result)
        {
            Work work = new(from, a, logits.Stride, logits.Columns, sums);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }
    }

    /// <summary>The definition, in double and one unit at a time. y and logits [D].</summary>
    public static double Reference(ReadOnlySpan<float> y, ReadOnlySpan<float> logits)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++) sum += (double)y[i] * logits[i] - Softplus.Reference(logits[i]);
        return sum;
    }

    private readonly struct Work(float* y, float* logits, int stride, int columns, float* sums) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
                sums[r] += RowSweep.Sum(new Terms(y + (long)r * stride, logits + (long)r * stride), columns);
        }
    }

    private readonly struct Terms(float* y, float* logits) : IRowTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T From<T>(int column) where T : struct, IVectors<T>
        {
            T a = T.Load(logits + column, Matrix.Alignment);
            return T.Load(y + column, Matrix.Alignment) * a - Softplus.Compute(a);
        }
    }
}
