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
        : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                long first = (long)r * stride;
                for (int c = 0; c < columns; c += Matrix.Alignment)
                {
                    Vector512<float> residual = Children(r, first + c, c) - Sigmoid.Compute(Vector512.LoadAligned(logits + first + c));
                    if (columns - c < Matrix.Alignment) residual &= VectorMath.Mask((1UL << (columns - c)) - 1);
                    residual.StoreAligned(residuals + first + c);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<float> Children(int row, long place, int column) => y != null
            ? Vector512.LoadAligned(y + place)
            : VectorMath.Mask(bits[(long)row * words + (column >> 6)] >> (column & 63)) & Vector512<float>.One;
    }

    private readonly struct JudgingWork(ulong* bits, int words, float* logits, int stride, float* residuals, int columns, float* sums)
        : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
                sums[r] += Row(bits + (long)r * words, logits + (long)r * stride, residuals + (long)r * stride);
        }

        [MethodImpl(Compiled.Alone)]
        private float Row(ulong* bits, float* logits, float* residuals)
        {
            Vector512<float> one = Vector512<float>.One, signBit = Vector512.Create(-0f);
            Vector512<double> lower = Vector512<double>.Zero, upper = Vector512<double>.Zero;
            for (int c = 0; c < columns; c += 64)
            {
                ulong word = *bits++;
                Vector512<float> linear = Vector512<float>.Zero, product = one;
                for (int i = 0; i < 64 && c + i < columns; i += 16, word >>= 16)
                {
                    Vector512<float> a = Vector512.LoadAligned(logits + c + i), on = VectorMath.Mask(word);
                    Vector512<float> above = Vector512.MaxNative(Vector512<float>.Zero, a ^ on & signBit);
                    Vector512<float> e = VectorMath.ExpOfMinusAbsolute(a), normalizer = e + one;
                    Vector512<float> residual = (on & one) - Sigmoid.Numerator(a, e) / normalizer;
                    if (c + i + 16 > columns)
                    {
                        Vector512<float> inside = VectorMath.Mask((1UL << (columns - c - i)) - 1);
                        above &= inside;
                        residual &= inside;
                        normalizer = (e & inside) + one;
                    }

                    residual.StoreAligned(residuals + c + i);
                    linear += above;
                    product *= normalizer;
                }

                (Vector512<double> low, Vector512<double> high) = Vector512.Widen(linear + VectorMath.Log(product));
                lower += low;
                upper += high;
            }

            return -(float)VectorMath.Sum(lower + upper);
        }
    }
}
