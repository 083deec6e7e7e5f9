using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>E[log p(b) − log q(b)] of bits b ~ q, η the logits of q and a those of p: softplus(η) − softplus(a) − σ(η)(η − a), in nats;
/// without p the entropy of q, softplus(η) − σ(η)·η.</summary>
/// <remarks>Error below 5e-7 · max(1, |η|, |a|) against <see cref="Reference"/>. Allocates nothing within the capacity of the result.
/// </remarks>
public static unsafe class ExpectedLogRatio
{
    private const int SmallestRange = 4096;

    /// <summary>result [B, D], reshaped and overwritten; its padding becomes some number. Throws where shapes differ.</summary>
    /// <param name="logits">[B, D] η.</param>
    /// <param name="prior">[B, D] a, or one row [1, D] for all; null without p.</param>
    /// <param name="normalizers">softplus(a), in the same shape; null without p.</param>
    /// <param name="result">Nats.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(Matrix logits, Matrix? prior, Matrix? normalizers, Matrix result, WorkerTeam team)
    {
        if (prior is not null) Check(prior);
        if (normalizers is not null) Check(normalizers);
        result.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (float* from = &logits.Origin, a = &(prior ?? logits).Origin, n = &(normalizers ?? logits).Origin, to = &result.Origin)
        {
            Work work = new(from, prior is null ? null : a, n, prior is { Rows: 1 } ? 0 : logits.Stride, to, logits.Stride);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }

        void Check(Matrix matrix)
        {
            KernelChecks.Same(matrix.Columns, logits.Columns, nameof(prior));
            if (matrix.Rows != 1) KernelChecks.Same(matrix.Rows, logits.Rows, nameof(prior));
            KernelChecks.Same(matrix.Rows, prior!.Rows, nameof(normalizers));
        }
    }

    /// <summary>The definition, in double, with p.</summary>
    public static double Reference(double logit, double prior) => Entropy(logit) - Softplus.Reference(prior) + Sigmoid.Reference(logit) * prior;

    /// <summary>The definition, in double, without p.</summary>
    public static double Entropy(double logit) => Softplus.Reference(logit) - Sigmoid.Reference(logit) * logit;

    private readonly struct Work(float* logits, float* prior, float* normalizers, int priorStride, float* result, int stride)
        : IRangeWork, IElementWork
    {
        public void Run(int start, int end) => RowSweep.Run(this, start, end, stride);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int column) where T : struct, IVectors<T>
        {
            long at = (long)row * stride + column, given = (long)row * priorStride + column;
            T a = T.Load(logits + at, Matrix.Alignment), e = VectorMath.ExpOfMinusAbsolute(a);
            T mean = Sigmoid.Numerator(a, e) / (e + Vector512<float>.One), ratio = Softplus.OfExponential(a, e);
            if (prior != null)
            {
                a -= T.Load(prior + given, Matrix.Alignment);
                ratio -= T.Load(normalizers + given, Matrix.Alignment);
            }

            (ratio - mean * a).Store(result + at, Matrix.Alignment);
        }
    }
}
