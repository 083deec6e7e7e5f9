using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>log p(b | a) of independent Bernoulli units with logits a, summed over units: Σᵢ bᵢ·aᵢ − softplus(aᵢ), in nats.</summary>
/// <remarks>
/// Every unit gives −softplus(c), c = −a where its bit is on, else a; the logarithms of four units are taken at once, of the
/// product of their 1 + e^−|a|. Never the logarithm of a rounded probability, so saturated units stay finite. Error below
/// 3e-7 nats · Σᵢ max(1, |aᵢ|) against <see cref="Reference"/>. Allocates nothing in steady use.
/// </remarks>
public static unsafe class BernoulliLogProbability
{
    private const int SmallestRange = 4096;

    /// <summary>result [B] += log p(bits | logits), bits and logits [B, D]. Throws where shapes differ.</summary>
    public static void Accumulate(BitMatrix bits, Matrix logits, Span<float> result, WorkerTeam team)
    {
        KernelChecks.Same(logits.Rows, bits.Rows, nameof(logits));
        KernelChecks.Same(logits.Columns, bits.Columns, nameof(logits));
        fixed (float* a = &logits.Origin) Accumulate(bits, a, a, logits.Stride, result, team);
    }

    /// <summary>result [B] += log p(bits | logits), bits [B, D], one row of logits [D] for all. Throws where shapes differ.</summary>
    public static void Accumulate(BitMatrix bits, ReadOnlySpan<float> logits, Span<float> result, WorkerTeam team)
    {
        KernelChecks.Same(logits.Length, bits.Columns, nameof(logits));
        using PaddedRow row = new(logits), exponentials = new(logits);
        ElementWise.Compute<Exponential>(exponentials.Values, exponentials.Values);
        fixed (float* a = row.Values, e = exponentials.Values) Accumulate(bits, a, e, 0, result, team);
    }

    /// <summary>log p of row r of the bits [B, D], logits [D]. Throws where shapes differ.</summary>
    public static float Compute(BitMatrix bits, int r, ReadOnlySpan<float> logits)
    {
        KernelChecks.Same(logits.Length, bits.Columns, nameof(logits));
        using PaddedRow row = new(logits);
        fixed (ulong* b = bits.Row(r))
        fixed (float* a = row.Values) return Row<OfLogits>(b, a, a, null, bits.Columns);
    }

    /// <summary>The definition, in double and one unit at a time. bits and logits [D].</summary>
    public static double Reference(ReadOnlySpan<bool> bits, ReadOnlySpan<float> logits)
    {
        double sum = 0;
        for (int i = 0; i < bits.Length; i++) sum -= Softplus.Reference(bits[i] ? -(double)logits[i] : logits[i]);
        return sum;
    }

    private static void Accumulate(BitMatrix bits, float* logits, float* exponentials, int stride, Span<float> result, WorkerTeam team)
    {
        KernelChecks.Same(result.Length, bits.Rows, nameof(result));
        if (bits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* sums = result)
        {
            Work work = new(b, bits.WordsPerRow, logits, exponentials, stride, sums, bits.Columns);
            team.Run(work, bits.Rows, SmallestRange / bits.Columns);
        }
    }

    private readonly struct Work(
        ulong* bits, int words, float* logits, float* exponentials, int stride, float* sums, int columns) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                ulong* row = bits + (long)r * words;
                float* a = logits + (long)r * stride;
                sums[r] += stride == 0 ? Row<Ready>(row, a, exponentials, null, columns) : Row<OfLogits>(row, a, a, null, columns);
            }
        }
    }

    /// <summary>log p of one row of bits. Residuals [D], if not null, become b − σ(a), zero in their padding; only where logits are read.
    /// </summary>
    [MethodImpl(Compiled.Alone)]
    internal static float Row<TReading>(ulong* bits, float* logits, float* exponentials, float* residuals, int columns)
        where TReading : IReading
    {
        Vector512<double> lower = Vector512<double>.Zero, upper = Vector512<double>.Zero;
        for (int c = 0; c < columns; c += 64)
        {
            Vector512<float> linear = Vector512<float>.Zero, product = Vector512<float>.One;
            if (Vector512.IsHardwareAccelerated && c + FourVectors.Columns <= columns)
            {
                FourVectors a = FourVectors.Load(logits + c, Matrix.Alignment);
                FourVectors on = FourVectors.LoadMask((ushort*)bits + c / Matrix.Alignment, 1);
                FourVectors e = TReading.IsReady ? FourVectors.Load(exponentials + c, Matrix.Alignment) : VectorMath.ExpOfMinusAbsolute(a);
                FourVectors normalizer = e + Vector512<float>.One;
                if (residuals != null) Residual(a, on, e, normalizer).Store(residuals + c, Matrix.Alignment);
                linear = Above(a, on).AddTo(linear);
                product = normalizer.MultiplyInto(product);
            }
            else
            {
                for (int i = c; i < Math.Min(c + 64, columns); i += Matrix.Alignment)
                {
                    Vector512<float> inside = columns - i < Matrix.Alignment
                        ? VectorMath.Mask((1UL << (columns - i)) - 1)
                        : Vector512<float>.AllBitsSet;
                    OneVector a = OneVector.Load(logits + i, Matrix.Alignment);
                    OneVector on = OneVector.LoadMask((ushort*)bits + i / Matrix.Alignment, 1);
                    OneVector e = TReading.IsReady ? OneVector.Load(exponentials + i, Matrix.Alignment) : VectorMath.ExpOfMinusAbsolute(a);
                    OneVector normalizer = (e & inside) + Vector512<float>.One;
                    if (residuals != null) (Residual(a, on, e, normalizer) & inside).Store(residuals + i, Matrix.Alignment);
                    linear = (Above(a, on) & inside).AddTo(linear);
                    product = normalizer.MultiplyInto(product);
                }
            }

            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(linear + VectorMath.Log(product));
            lower += low;
            upper += high;
        }

        return -(float)VectorMath.Sum(lower + upper);
    }

    // max(c, 0), c = −a where the bit is on, else a.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Above<T>(T a, T on) where T : struct, IVectors<T> =>
        T.MaxNative(Vector512<float>.Zero, a ^ (on & Vector512.Create(-0f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Residual<T>(T a, T on, T e, T normalizer) where T : struct, IVectors<T> =>
        (on & Vector512<float>.One) - Sigmoid.Numerator(a, e) / normalizer;

    // e^−|a|.
    private readonly struct Exponential : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Compute<T>(T x) where T : struct, IVectors<T> => VectorMath.ExpOfMinusAbsolute(x);
    }
}
