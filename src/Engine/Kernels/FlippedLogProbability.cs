using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>What log p(b | a) of Bernoulli units becomes when one parent is flipped, for every parent: log p(b | a ± W_j) −
/// log p(b | a), + where parent j turns on, − where it turns off, in nats.</summary>
/// <remarks>
/// A flip moves the logits by one row of weights, so it needs no product. As in <see cref="BernoulliLogProbability"/>, every unit gives
/// −softplus(c), c = −a where its bit is on, else a; differences are taken of every 64 units before they are summed, so that their error
/// is that of the differences. Error below 3e-7 nats · Σᵢ max(1, |aᵢ| + |W_ji|) against <see cref="Reference"/>. Allocates nothing in
/// steady use.
/// </remarks>
public static unsafe class FlippedLogProbability
{
    private const int SmallestRange = 4096;
    private const int Block = 64;

    /// <summary>changes [B, K], reshaped and overwritten, from bits and logits [B, D], parents [B, K] and weights [K, D], whose padding is
    /// zero. Throws where shapes differ.</summary>
    public static void Compute(
        BitMatrix bits, Matrix logits, BitMatrix parents, Matrix weights, Matrix changes, WorkerTeam team)
    {
        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        KernelChecks.Same(parents.Rows, logits.Rows, nameof(parents));
        KernelChecks.Same(weights.Rows, parents.Columns, nameof(weights));
        KernelChecks.Same(weights.Columns, logits.Columns, nameof(weights));
        changes.Reshape(logits.Rows, parents.Columns);
        if (changes.Rows == 0 || changes.Columns == 0 || logits.Columns == 0) return;
        int ranges = 0, room = Room(logits.Stride);
        float[] rented = ArrayPool<float>.Shared.Rent(team.Threads * room + Matrix.Alignment);
        fixed (ulong* b = &bits.Origin, p = &parents.Origin)
        fixed (float* a = &logits.Origin, w = &weights.Origin, to = &changes.Origin, from = rented)
        {
            float* scratch = (float*)(((nuint)from + 63) & ~(nuint)63);
            Work work = new(b, bits.WordsPerRow, a, logits.Stride, logits.Columns, p, parents.WordsPerRow, w, parents.Columns, to,
                changes.Stride, scratch, &ranges);
            team.Run(work, logits.Rows, SmallestRange / (logits.Columns * parents.Columns));
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>The definition, in double and one unit at a time. bits, logits and weights [D].</summary>
    public static double Reference(ReadOnlySpan<bool> bits, ReadOnlySpan<float> logits, bool isOn, ReadOnlySpan<float> weights)
    {
        double sum = 0;
        for (int i = 0; i < bits.Length; i++)
        {
            double move = isOn ? -(double)weights[i] : weights[i], sign = bits[i] ? -1 : 1;
            sum += Softplus.Reference(sign * logits[i]) - Softplus.Reference(sign * (logits[i] + move));
        }

        return sum;
    }

    /// <summary>Signs, their logits, and one vector for every block of units.</summary>
    private static int Room(int stride) => 2 * stride + (stride + Block - 1) / Block * Matrix.Alignment;

    private readonly struct Work(ulong* bits, int words, float* logits, int stride, int columns, ulong* parents, int parentWords,
        float* weights, int count, float* changes, int changeStride, float* scratch, int* ranges) : IRangeWork
    {
        public void Run(int start, int end)
        {
            float* signs = scratch + (long)(Interlocked.Increment(ref *ranges) - 1) * Room(stride);
            float* signed = signs + stride, softplus = signed + stride;
            for (int r = start; r < end; r++)
            {
                Prepare(bits + (long)r * words, logits + (long)r * stride, signs, signed, softplus);
                ulong* row = parents + (long)r * parentWords;
                for (int j = 0; j < count; j++)
                {
                    Vector512<float> turn = (row[j >> 6] >> j & 1) != 0 ? Vector512.Create(-0f) : Vector512<float>.Zero;
                    changes[(long)r * changeStride + j] = Change(weights + (long)j * stride, turn, signs, signed, softplus);
                }
            }
        }

        /// <summary>c and its sign over a, of every unit, and Σ softplus(c) of every block; units past the last are those with c = 0.
        /// </summary>
        [MethodImpl(Compiled.Alone)]
        private void Prepare(ulong* rowBits, float* rowLogits, float* signs, float* signed, float* softplus)
        {
            for (int c = 0; c < stride; c += Matrix.Alignment)
            {
                Vector512<float> sign = VectorMath.Mask(rowBits[c >> 6] >> (c & 63)) & Vector512.Create(-0f);
                Vector512<float> a = Vector512.LoadAligned(rowLogits + c) ^ sign;
                if (columns - c < Matrix.Alignment) a &= VectorMath.Mask((1UL << (columns - c)) - 1);
                sign.StoreAligned(signs + c);
                a.StoreAligned(signed + c);
            }

            for (int c = 0; c < stride; c += Block, softplus += Matrix.Alignment)
            {
                Vector512<float> linear = Vector512<float>.Zero, product = Vector512<float>.One;
                for (int i = c; i < Math.Min(c + Block, stride); i += Matrix.Alignment)
                    Add(OneVector.Load(signed + i, Matrix.Alignment), ref linear, ref product);
                (linear + VectorMath.Log(product)).StoreAligned(softplus);
            }
        }

        [MethodImpl(Compiled.Alone)]
        private float Change(float* row, Vector512<float> turn, float* signs, float* signed, float* softplus)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int c = 0; c < stride; c += Block, softplus += Matrix.Alignment)
            {
                Vector512<float> linear = Vector512<float>.Zero, product = Vector512<float>.One;
                if (Vector512.IsHardwareAccelerated && c + FourVectors.Columns <= stride)
                {
                    Add(Moved<FourVectors>(row + c, turn, signs + c, signed + c), ref linear, ref product);
                }
                else
                {
                    for (int i = c; i < Math.Min(c + Block, stride); i += Matrix.Alignment)
                        Add(Moved<OneVector>(row + i, turn, signs + i, signed + i), ref linear, ref product);
                }

                sum += Vector512.LoadAligned(softplus) - (linear + VectorMath.Log(product));
            }

            return VectorMath.Sum(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Moved<T>(float* row, Vector512<float> turn, float* signs, float* signed) where T : struct, IVectors<T> =>
            T.Load(signed, Matrix.Alignment) + (T.Load(row, Matrix.Alignment) ^ T.Load(signs, Matrix.Alignment) ^ turn);

        /// <summary>softplus(c) = max(c, 0) + log(1 + e^−|c|), the logarithms of four units taken at once.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add<T>(T c, ref Vector512<float> linear, ref Vector512<float> product) where T : struct, IVectors<T>
        {
            linear = T.MaxNative(Vector512<float>.Zero, c).AddTo(linear);
            product = (VectorMath.ExpOfMinusAbsolute(c) + Vector512<float>.One).MultiplyInto(product);
        }
    }
}
