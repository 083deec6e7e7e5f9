using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>log p(y) − log q(y) of Bernoulli units continued to real numbers y in [0, 1], a the logits of p and η those of q:
/// Σᵢ yᵢ(aᵢ − ηᵢ) − softplus(aᵢ) + softplus(ηᵢ), in nats.</summary>
/// <remarks>Error below 1e-6 nats · Σᵢ max(1, |aᵢ|, |ηᵢ|) against twice <see cref="RelaxedLogProbability.Reference"/>. Allocates nothing.
/// </remarks>
public static unsafe class RelaxedLogRatio
{
    private const int SmallestRange = 4096;

    /// <summary>result [B] += the sums. Throws where shapes differ.</summary>
    /// <param name="y">[B, D].</param>
    /// <param name="prior">[B, D] a, or one row [1, D] for all.</param>
    /// <param name="logits">[B, D] η.</param>
    /// <param name="result">Nats, accumulated.</param>
    /// <param name="team">Who computes.</param>
    public static void Accumulate(Matrix y, Matrix prior, Matrix logits, Span<float> result, WorkerTeam team)
    {
        KernelChecks.Same(y.Rows, logits.Rows, nameof(y));
        KernelChecks.Same(y.Columns, logits.Columns, nameof(y));
        if (prior.Rows != 1) KernelChecks.Same(prior.Rows, logits.Rows, nameof(prior));
        KernelChecks.Same(prior.Columns, logits.Columns, nameof(prior));
        KernelChecks.Same(result.Length, logits.Rows, nameof(result));
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (float* from = &y.Origin, a = &prior.Origin, h = &logits.Origin, sums = result)
        {
            Work work = new(from, a, prior.Rows == 1 ? 0 : logits.Stride, h, logits.Stride, logits.Columns, sums);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }
    }

    private readonly struct Work(float* y, float* prior, int priorStride, float* logits, int stride, int columns, float* sums) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            if (priorStride == 0)
            {
                float normalizer = Normalizer(prior);
                for (int r = start; r < end; r++) sums[r] += Row(y + (long)r * stride, prior, logits + (long)r * stride) - normalizer;
                return;
            }

            for (int r = start; r < end; r++)
            {
                float* a = prior + (long)r * priorStride;
                sums[r] += Row(y + (long)r * stride, a, logits + (long)r * stride) - Normalizer(a);
            }
        }

        /// <summary>Σᵢ yᵢ(aᵢ − ηᵢ) + softplus(ηᵢ).</summary>
        [MethodImpl(Compiled.Alone)]
        private float Row(float* y, float* a, float* h)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            int c = 0;
            for (; Vector512.IsHardwareAccelerated && c + FourVectors.Columns <= columns; c += FourVectors.Columns)
                sum = Terms<FourVectors>(y, a, h, c).AddTo(sum);
            for (; c < columns; c += Matrix.Alignment) sum = Terms<OneVector>(y, a, h, c).AddTo(sum);
            return VectorMath.Sum(sum);
        }

        /// <summary>Σᵢ softplus(aᵢ).</summary>
        [MethodImpl(Compiled.Alone)]
        private float Normalizer(float* a)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            int c = 0;
            for (; Vector512.IsHardwareAccelerated && c + FourVectors.Columns <= columns; c += FourVectors.Columns)
                sum = Normalizers<FourVectors>(a, c).AddTo(sum);
            for (; c < columns; c += Matrix.Alignment) sum = Normalizers<OneVector>(a, c).AddTo(sum);
            return VectorMath.Sum(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T Terms<T>(float* y, float* a, float* h, int c) where T : struct, IVectors<T>
        {
            T logit = T.Load(h + c, Matrix.Alignment), ratio = T.Load(a + c, Matrix.Alignment) - logit;
            return Inside(T.Load(y + c, Matrix.Alignment) * ratio + Softplus.Compute(logit), c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T Normalizers<T>(float* a, int c) where T : struct, IVectors<T> =>
            Inside(Softplus.Compute(T.Load(a + c, Matrix.Alignment)), c);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T Inside<T>(T terms, int c) where T : struct, IVectors<T> =>
            columns - c < Matrix.Alignment ? terms & VectorMath.Mask((1UL << (columns - c)) - 1) : terms;
    }
}
