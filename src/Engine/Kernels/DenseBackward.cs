using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>result = errors·Wᵀ: errors of the outputs of a dense layer carried back to its inputs.</summary>
/// <remarks>
/// Rounding only, never fused. Sums run over children in sixteen interleaved partial sums, always the same sixteen, so a row of the
/// result depends on its own errors and the weights alone, to the last bit. Needs the padding of the weights to be zero and
/// that of the errors to be finite; the padding of the result is zero. Allocates nothing within the capacity of the result.
/// </remarks>
public static unsafe class DenseBackward
{
    private const int SmallestRange = 1 << 18;

    /// <summary>result [B, K], reshaped and overwritten, from errors [B, D] and weights [K, D]; result is neither.
    /// Throws where shapes differ.</summary>
    public static void Compute(Matrix errors, Matrix weights, Matrix result, WorkerTeam team)
    {
        KernelChecks.Same(errors.Columns, weights.Columns, nameof(errors));
        result.Reshape(errors.Rows, weights.Rows);
        if (errors.Rows == 0 || weights.Rows == 0) return;
        fixed (float* e = &errors.Origin, w = &weights.Origin, to = &result.Origin)
        {
            Work work = new(e, errors.Stride, w, weights.Stride, to, result.Stride, weights.Rows);
            team.Run(work, errors.Rows, SmallestRange / Math.Max(1, weights.Rows * weights.Columns));
        }
    }

    /// <summary>The definition, in double: element (row, k).</summary>
    public static double Reference(Matrix errors, int row, Matrix weights, int k)
    {
        double sum = 0;
        for (int d = 0; d < errors.Columns; d++) sum += (double)errors[row, d] * weights[k, d];
        return sum;
    }

    private readonly struct Work(
        float* errors, int errorStride, float* weights, int weightStride, float* result, int resultStride, int parents)
        : IRangeWork
    {
        public void Run(int start, int end)
        {
            // Sixteen times two or more vectors do not fit the registers.
            int row = start;
            for (; Vector512.IsHardwareAccelerated && row + FourVectors.Count <= end; row += FourVectors.Count) DoRows<FourVectors>(row);
            for (; row < end; row++) DoRows<OneVector>(row);
        }

        // As many rows as there are vectors.
        private void DoRows<TRows>(int row) where TRows : struct, IVectors<TRows>
        {
            float* e = errors + (long)row * errorStride, to = result + (long)row * resultStride;
            int k = 0;
            for (; k + 4 <= parents; k += 4) FourParents<TRows>(e, weights + (long)k * weightStride, to + k);
            for (int r = 0; r < TRows.Count; r++, e += errorStride, to += resultStride)
            {
                for (int rest = k; rest < parents; rest++) to[rest] = OneParent(e, weights + (long)rest * weightStride);
                new Span<float>(to + parents, resultStride - parents).Clear();
            }
        }

        [MethodImpl(Compiled.Alone)]
        private void FourParents<TRows>(float* e, float* w, float* to) where TRows : struct, IVectors<TRows>
        {
            nint stride = weightStride;
            TRows sum0 = TRows.Create(Vector512<float>.Zero), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (float* end = e + errorStride; e < end; e += Matrix.Alignment, w += Matrix.Alignment)
            {
                TRows error = TRows.Load(e, errorStride);
                sum0 += error * Vector512.LoadAligned(w);
                sum1 += error * Vector512.LoadAligned(w + stride);
                sum2 += error * Vector512.LoadAligned(w + 2 * stride);
                sum3 += error * Vector512.LoadAligned(w + 3 * stride);
            }

            TRows.StoreSums(sum0, sum1, sum2, sum3, to, resultStride);
        }

        [MethodImpl(Compiled.Alone)]
        private float OneParent(float* e, float* w)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int d = 0; d < errorStride; d += 16) sum += Vector512.LoadAligned(e + d) * Vector512.LoadAligned(w + d);
            return VectorMath.Sum(sum);
        }
    }
}
