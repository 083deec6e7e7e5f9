using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>y = x·W + b: the inputs of a deterministic hidden layer.</summary>
/// <remarks>Rounding only, never fused. A row of y depends on its own x, the weights and the bias alone, to the last bit. The
/// padding of y is zero where that of the weights is. Allocates nothing within the capacity of y.</remarks>
public static unsafe class DenseAffine
{
    private const int SmallestRange = 1 << 18;

    /// <summary>y [B, D], reshaped and overwritten, from x [B, K], weights [K, D] and bias [D]; y is neither x nor weights.
    /// Throws where shapes differ.</summary>
    public static void Compute(Matrix x, Matrix weights, ReadOnlySpan<float> bias, Matrix y, WorkerTeam team)
    {
        KernelChecks.Same(x.Columns, weights.Rows, nameof(x));
        KernelChecks.Same(bias.Length, weights.Columns, nameof(bias));
        y.Reshape(x.Rows, weights.Columns);
        if (x.Rows == 0 || weights.Columns == 0) return;
        using PaddedRow padded = new(bias);
        fixed (float* from = &x.Origin, w = &weights.Origin, b = padded.Values, to = &y.Origin)
        {
            Work work = new(from, x.Stride, x.Columns, w, weights.Stride, b, to, y.Stride);
            team.Run(work, x.Rows, SmallestRange / Math.Max(1, x.Columns * weights.Columns));
        }
    }

    /// <summary>The definition, in double: element (row, d).</summary>
    public static double Reference(Matrix x, int row, Matrix weights, ReadOnlySpan<float> bias, int d)
    {
        double sum = bias[d];
        for (int k = 0; k < x.Columns; k++) sum += (double)x[row, k] * weights[k, d];
        return sum;
    }

    private readonly struct Work(
        float* x, int xStride, int terms, float* weights, int weightStride, float* bias, float* y, int yStride) : IRangeWork
    {
        public void Run(int start, int end)
        {
            int row = start;
            for (; row + 4 <= end; row += 4)
            {
                for (int c = 0; c < yStride; c += Matrix.Alignment)
                    FourRows(x + (long)row * xStride, c, y + (long)row * yStride + c);
            }

            for (; row < end; row++)
            {
                for (int c = 0; c < yStride; c += Matrix.Alignment)
                    OneRow(x + (long)row * xStride, c, y + (long)row * yStride + c);
            }
        }

        [MethodImpl(Compiled.Alone)]
        private void FourRows(float* x, int c, float* y)
        {
            float* w = weights + c;
            Vector512<float> sum0 = Vector512.Load(bias + c), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int k = 0; k < terms; k++, w += weightStride)
            {
                Vector512<float> line = Vector512.LoadAligned(w);
                sum0 += Vector512.Create(x[k]) * line;
                sum1 += Vector512.Create(x[k + xStride]) * line;
                sum2 += Vector512.Create(x[k + 2 * xStride]) * line;
                sum3 += Vector512.Create(x[k + 3 * xStride]) * line;
            }

            sum0.StoreAligned(y);
            sum1.StoreAligned(y + yStride);
            sum2.StoreAligned(y + 2 * yStride);
            sum3.StoreAligned(y + 3 * yStride);
        }

        [MethodImpl(Compiled.Alone)]
        private void OneRow(float* x, int c, float* y)
        {
            float* w = weights + c;
            Vector512<float> sum = Vector512.Load(bias + c);
            for (int k = 0; k < terms; k++, w += weightStride) sum += Vector512.Create(x[k]) * Vector512.LoadAligned(w);
            sum.StoreAligned(y);
        }
    }
}
