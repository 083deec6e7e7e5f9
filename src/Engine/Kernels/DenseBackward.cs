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
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                float* e = errors + (long)row * errorStride;
                float* to = result + (long)row * resultStride;
                int k = 0;
                for (; k + 4 <= parents; k += 4) FourParents(e, weights + (long)k * weightStride, to + k);
                for (; k < parents; k++) to[k] = OneParent(e, weights + (long)k * weightStride);
                for (; k < resultStride; k++) to[k] = 0;
            }
        }

        [MethodImpl(Compiled.Alone)]
        private void FourParents(float* e, float* w, float* to)
        {
            Vector512<float> sum0 = Vector512<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int d = 0; d < errorStride; d += 16, w += 16)
            {
                Vector512<float> error = Vector512.LoadAligned(e + d);
                sum0 += error * Vector512.LoadAligned(w);
                sum1 += error * Vector512.LoadAligned(w + weightStride);
                sum2 += error * Vector512.LoadAligned(w + 2 * weightStride);
                sum3 += error * Vector512.LoadAligned(w + 3 * weightStride);
            }

            to[0] = VectorMath.Sum(sum0);
            to[1] = VectorMath.Sum(sum1);
            to[2] = VectorMath.Sum(sum2);
            to[3] = VectorMath.Sum(sum3);
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
