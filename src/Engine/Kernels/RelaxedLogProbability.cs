using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++) sums[r] += Row(y + (long)r * stride, logits + (long)r * stride);
        }

        [MethodImpl(Compiled.Alone)]
        private float Row(float* y, float* logits)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            int c = 0;
            for (; Vector512.IsHardwareAccelerated && c + FourVectors.Columns <= columns; c += FourVectors.Columns)
                sum = Terms<FourVectors>(y + c, logits + c, c).AddTo(sum);
            for (; c < columns; c += Matrix.Alignment) sum = Terms<OneVector>(y + c, logits + c, c).AddTo(sum);
            return VectorMath.Sum(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T Terms<T>(float* y, float* logits, int c) where T : struct, IVectors<T>
        {
            T a = T.Load(logits, Matrix.Alignment), term = T.Load(y, Matrix.Alignment) * a - Softplus.Compute(a);
            if (columns - c < Matrix.Alignment) term &= VectorMath.Mask((1UL << (columns - c)) - 1);
            return term;
        }
    }
}
