using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>The delta rule's error: w·(b − σ(a)), the gradient of w·log p(b | a) by the logits a.</summary>
/// <remarks>Error below 1e-7 · |w| against <see cref="Reference"/>. The padding of the errors is zero. Allocates nothing in
/// steady use.</remarks>
public static unsafe class BernoulliError
{
    private const int SmallestRange = 16384;

    /// <summary>
    /// errors [B, D], reshaped and overwritten, = weights [B] (empty: all one) · (bits − σ(logits)), bits and logits [B, D].
    /// Errors and logits may be the same matrix. Throws where shapes differ.
    /// </summary>
    public static void Compute(
        BitMatrix bits, Matrix logits, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team)
    {
        KernelChecks.Same(logits.Rows, bits.Rows, nameof(logits));
        KernelChecks.Same(logits.Columns, bits.Columns, nameof(logits));
        errors.Reshape(bits.Rows, bits.Columns);
        fixed (float* a = &logits.Origin) Compute(bits, a, logits.Stride, weights, errors, team);
    }

    /// <summary>
    /// errors [B, D], reshaped and overwritten, = weights [B] (empty: all one) · (bits − σ(logits)), bits [B, D], one row of
    /// logits [D] for all. Throws where shapes differ.
    /// </summary>
    public static void Compute(
        BitMatrix bits, ReadOnlySpan<float> logits, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team)
    {
        KernelChecks.Same(logits.Length, bits.Columns, nameof(logits));
        errors.Reshape(bits.Rows, bits.Columns);
        using PaddedRow row = new(logits);
        fixed (float* a = row.Values) Compute(bits, a, 0, weights, errors, team);
    }

    /// <summary>The definition, in double.</summary>
    public static double Reference(bool bit, double logit, double weight) =>
        weight * ((bit ? 1 : 0) - Sigmoid.Reference(logit));

    private static void Compute(
        BitMatrix bits, float* logits, int stride, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team)
    {
        if (!weights.IsEmpty) KernelChecks.Same(weights.Length, bits.Rows, nameof(weights));
        if (bits.Rows == 0 || bits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* w = weights, e = &errors.Origin)
        {
            Work work = new(b, bits.WordsPerRow, logits, stride, w, e, errors.Stride, bits.Columns);
            team.Run(work, bits.Rows, SmallestRange / bits.Columns);
        }
    }

    private readonly struct Work(
        ulong* bits, int words, float* logits, int stride, float* weights, float* errors, int errorStride, int columns)
        : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                Row(bits + (long)r * words, logits + (long)r * stride, weights == null ? 1 : weights[r],
                    errors + (long)r * errorStride, columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(ulong* bits, float* logits, float weight, float* errors, int columns)
    {
        Vector512<float> w = Vector512.Create(weight);
        int c = 0;
        for (; c + 16 <= columns; c += 16) (Error(bits, logits, c) * w).StoreAligned(errors + c);
        if (c < columns) (Error(bits, logits, c) * w & VectorMath.Mask((1UL << (columns - c)) - 1)).StoreAligned(errors + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Error(ulong* bits, float* logits, int c)
    {
        Vector512<float> bit = VectorMath.Mask(bits[c >> 6] >> (c & 63)) & Vector512<float>.One;
        return bit - Sigmoid.Compute(Vector512.Load(logits + c));
    }
}
