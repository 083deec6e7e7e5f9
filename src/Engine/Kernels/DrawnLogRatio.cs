using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Of every bit b the score s = b − σ(η) and log p(b) − log q(b) = b (a − η) − softplus(a) + softplus(η), in nats, less N·c, η
/// the logits of q and a those of p; without p, −log q(b) less N·c.</summary>
/// <remarks>Error below 2e-7 of scores and 5e-7 · max(1, |η|, |a|, |N·c|) of signals against the definitions in double of
/// <see cref="BernoulliResidual"/> and <see cref="Reference"/>. Padding becomes some number. Allocates nothing within the capacity of
/// the results.</remarks>
public static unsafe class DrawnLogRatio
{
    private const int SmallestRange = 4096;

    /// <summary>scores and signals [B, D], reshaped and overwritten. Throws where shapes differ.</summary>
    /// <param name="bits">[B, D] b.</param>
    /// <param name="logits">[B, D] η.</param>
    /// <param name="prior">[1, D] a; null without p.</param>
    /// <param name="offsets">[1, D] c.</param>
    /// <param name="lengths">[B] N.</param>
    /// <param name="scores">s.</param>
    /// <param name="signals">Nats.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(BitMatrix bits, Matrix logits, Matrix? prior, Matrix offsets, ReadOnlySpan<double> lengths, Matrix scores,
        Matrix signals, WorkerTeam team)
    {
        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        if (prior is not null) KernelChecks.Same(prior.Columns, logits.Columns, nameof(prior));
        KernelChecks.Same(offsets.Columns, logits.Columns, nameof(offsets));
        KernelChecks.Same(lengths.Length, logits.Rows, nameof(lengths));
        scores.Reshape(logits.Rows, logits.Columns);
        signals.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        using PaddedRow zeros = PaddedRow.Zeros(logits.Stride), normalizers = PaddedRow.Zeros(logits.Stride);
        if (prior is not null) Softplus.Compute(prior.Row(0), normalizers.Values);
        fixed (ulong* b = &bits.Origin)
        fixed (float* from = &logits.Origin, zero = zeros.Values, normalizer = normalizers.Values, c = &offsets.Origin)
        fixed (float* a = &(prior ?? logits).Origin, s = &scores.Origin, f = &signals.Origin)
        fixed (double* n = lengths)
        {
            Work work = new(b, bits.WordsPerRow, from, prior is null ? zero : a, normalizer, c, n, s, f, logits.Stride);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }
    }

    /// <summary>The definition of a signal, in double.</summary>
    public static double Reference(bool bit, double logit, double? prior, double offset, double length) =>
        Softplus.Reference(logit) - (prior is { } p ? Softplus.Reference(p) : 0) + (bit ? (prior ?? 0) - logit : 0) - length * offset;

    private readonly struct Work(ulong* bits, int words, float* logits, float* prior, float* normalizers, float* offsets,
        double* lengths, float* scores, float* signals, int stride) : IRangeWork, IElementWork
    {
        public void Run(int start, int end) => RowSweep.Run(this, start, end, stride);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int column) where T : struct, IVectors<T>
        {
            Vector512<float> one = Vector512<float>.One, length = Vector512.Create((float)lengths[row]);
            long at = (long)row * stride + column;
            T on = T.LoadMask((ushort*)(bits + (long)row * words) + column / Matrix.Alignment, 1);
            T a = T.Load(logits + at, Matrix.Alignment), e = VectorMath.ExpOfMinusAbsolute(a);
            ((on & one) - Sigmoid.Numerator(a, e) / (e + one)).Store(scores + at, Matrix.Alignment);
            T signal = Softplus.OfExponential(a, e) - T.Load(normalizers + column, Matrix.Alignment);
            signal += on & (T.Load(prior + column, Matrix.Alignment) - a);
            (signal - T.Load(offsets + column, Matrix.Alignment) * length).Store(signals + at, Matrix.Alignment);
        }
    }
}
