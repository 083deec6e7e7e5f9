using System.Runtime.CompilerServices;
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
        public void Run(int start, int end)
        {
            float ofAll = priorStride == 0 ? RowSweep.Sum(new Normalizers(prior), columns) : 0;
            for (int r = start; r < end; r++)
            {
                float* a = prior + (long)r * priorStride;
                float normalizer = priorStride == 0 ? ofAll : RowSweep.Sum(new Normalizers(a), columns);
                sums[r] += RowSweep.Sum(new Terms(y + (long)r * stride, a, logits + (long)r * stride), columns) - normalizer;
            }
        }
    }

    // yᵢ(aᵢ − ηᵢ) + softplus(ηᵢ).
    private readonly struct Terms(float* y, float* prior, float* logits) : IRowTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T From<T>(int column) where T : struct, IVectors<T>
        {
            T logit = T.Load(logits + column, Matrix.Alignment), ratio = T.Load(prior + column, Matrix.Alignment) - logit;
            return T.Load(y + column, Matrix.Alignment) * ratio + Softplus.Compute(logit);
        }
    }

    // softplus(aᵢ).
    private readonly struct Normalizers(float* prior) : IRowTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T From<T>(int column) where T : struct, IVectors<T> => Softplus.Compute(T.Load(prior + column, Matrix.Alignment));
    }
}
