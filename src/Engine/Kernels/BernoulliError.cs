using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>The delta rule's error: w·(b − σ(a)), the gradient of w·log p(b | a) by the logits a.</summary>
/// <remarks>
/// Rounded to multiples of a quantum q, a power of two near 2⁻²⁴ · max(Σ|w|, 4·max|w|), so large that every sum of errors over
/// rows, whole or partial, is exact in single precision. So gradients do not depend on the order of their sums: any kernel, any
/// split of a batch gives the same bits. Error below 1.5e-7 · |w| + q/2 against <see cref="Reference"/>. The padding of the
/// errors is zero. Allocates nothing in steady use.
/// </remarks>
public static unsafe class BernoulliError
{
    // Bits of a float's significand, the hidden one included.
    private const int SignificandBits = 24;
    private const int SmallestRange = 4096;

    /// <summary>
    /// errors [B, D], reshaped and overwritten, = weights [B] (empty: all one) · (bits − σ(logits)), bits and logits [B, D];
    /// columnSums [D] (empty: not wanted) += the sum of the rows of errors. Errors and logits may be the same matrix. Throws
    /// where shapes differ.
    /// </summary>
    public static void Compute(BitMatrix bits, Matrix logits, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team,
        Span<float> columnSums = default)
    {
        KernelChecks.Same(logits.Rows, bits.Rows, nameof(logits));
        KernelChecks.Same(logits.Columns, bits.Columns, nameof(logits));
        errors.Reshape(bits.Rows, bits.Columns);
        fixed (float* a = &logits.Origin) Compute(bits, a, logits.Stride, weights, errors, columnSums, team);
    }

    /// <summary>The same with one row of logits [D] for all rows of bits.</summary>
    public static void Compute(BitMatrix bits, ReadOnlySpan<float> logits, ReadOnlySpan<float> weights, Matrix errors,
        WorkerTeam team, Span<float> columnSums = default)
    {
        KernelChecks.Same(logits.Length, bits.Columns, nameof(logits));
        errors.Reshape(bits.Rows, bits.Columns);
        using PaddedRow row = new(logits);
        Sigmoid.Compute(row.Values, row.Values);
        fixed (float* sigmoids = row.Values) Compute(bits, sigmoids, 0, weights, errors, columnSums, team);
    }

    /// <summary>The definition, in double, before it is rounded.</summary>
    public static double Reference(bool bit, double logit, double weight) =>
        weight * ((bit ? 1 : 0) - Sigmoid.Reference(logit));

    /// <summary>q: errors of rows with these weights are rounded to multiples of it. 0 where all weights are zero, NaN or
    /// infinite where a weight is.</summary>
    internal static double Quantum(ReadOnlySpan<float> weights)
    {
        Vector512<double> sums = Vector512<double>.Zero, largestOf = Vector512<double>.Zero;
        for (int i = 0; i < weights.Length; i += Vector512<double>.Count)
        {
            Vector512<double> magnitudes = Magnitudes(weights, i);
            sums += magnitudes;
            largestOf = Vector512.Max(largestOf, magnitudes);
        }

        double sum = VectorMath.Sum(sums), largest = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++) largest = Math.Max(largest, largestOf[lane]);
        double bound = Math.Max(sum, 4 * largest);
        if (bound == 0 || !double.IsFinite(bound)) return bound;
        double quantum = Math.ScaleB(1, Math.ILogB(bound) - SignificandBits);
        while (4 * largest > quantum * (1 << SignificandBits) || RoundedSum(weights, quantum) > 1 << SignificandBits) quantum *= 2;
        return quantum;
    }

    /// <summary>The multiple of the quantum next to an error; 0 where the quantum is 0, because then all errors are.</summary>
    internal static float Round(double error, double quantum) =>
        quantum == 0 ? 0 : (float)(Math.Round(error / quantum) * quantum);

    /// <summary>Adding this to an error leaves no bits below the quantum: its own last bit is worth as much.</summary>
    internal static float Rounder(double quantum) => (float)(1.5 * Math.ScaleB(quantum, SignificandBits - 1));

    private static double QuantumOfOnes(int rows) =>
        Math.ScaleB(1, BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(rows, 4))) - SignificandBits);

    // Saturated errors are as large as their weights, and rounding may make them larger: in multiples of the quantum.
    private static double RoundedSum(ReadOnlySpan<float> weights, double quantum)
    {
        Vector512<double> sums = Vector512<double>.Zero, scale = Vector512.Create(1 / quantum);
        for (int i = 0; i < weights.Length; i += Vector512<double>.Count) sums += Vector512.Round(Magnitudes(weights, i) * scale);
        return VectorMath.Sum(sums);
    }

    // |w| of eight rows; zeros behind the last.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Magnitudes(ReadOnlySpan<float> weights, int first)
    {
        ReadOnlySpan<float> some = weights[first..];
        Vector256<float> eight = Vector256<float>.Zero;
        if (some.Length >= Vector256<float>.Count) eight = Vector256.Create(some);
        else for (int i = 0; i < some.Length; i++) eight = eight.WithElement(i, some[i]);
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.Abs(eight));
        return Vector512.Create(lower, upper);
    }

    private static void Compute(BitMatrix bits, float* logits, int stride, ReadOnlySpan<float> weights, Matrix errors,
        Span<float> columnSums, WorkerTeam team)
    {
        if (!weights.IsEmpty) KernelChecks.Same(weights.Length, bits.Rows, nameof(weights));
        if (!columnSums.IsEmpty) KernelChecks.Same(columnSums.Length, bits.Columns, nameof(columnSums));
        if (bits.Rows == 0 || bits.Columns == 0) return;
        float rounder = Rounder(weights.IsEmpty ? QuantumOfOnes(bits.Rows) : Quantum(weights));
        int width = errors.Stride, ranges = 0;
        float[] rented = ArrayPool<float>.Shared.Rent(team.Threads * width + Matrix.Alignment);
        fixed (ulong* b = &bits.Origin)
        fixed (float* w = weights, e = &errors.Origin, room = rented)
        {
            float* sums = (float*)(((nuint)room + 63) & ~(nuint)63);
            ErrorColumns all = new()
            {
                Bits = b,
                Words = bits.WordsPerRow,
                Logits = logits,
                LogitStride = stride,
                Weights = w,
                Rounder = rounder,
                Errors = e,
                ErrorStride = width,
                Columns = bits.Columns,
            };
            team.Run(new Work(all, sums, &ranges), bits.Rows, Math.Max(1, SmallestRange / bits.Columns));
            if (!columnSums.IsEmpty) AddSums(sums, ranges, width, columnSums);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // Exact sums: it does not matter which range's come first.
    private static void AddSums(float* sums, int ranges, int width, Span<float> columnSums)
    {
        Span<float> total = new(sums, columnSums.Length);
        for (int range = 1; range < ranges; range++)
            TensorPrimitives.Add(total, new ReadOnlySpan<float>(sums + (long)range * width, total.Length), total);
        TensorPrimitives.Add(columnSums, total, columnSums);
    }

    // Ranges of rows: ranges of columns would have one thread's processor fetch ahead what the other's writes.
    private readonly struct Work(ErrorColumns all, float* sums, int* ranges) : IRangeWork
    {
        public void Run(int start, int end)
        {
            float* rowSums = sums + (long)(Interlocked.Increment(ref *ranges) - 1) * all.ErrorStride;
            all.Compute(start, end, 0, all.Columns, rowSums);
        }
    }
}
