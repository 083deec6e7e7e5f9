using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>gradient += xᵀ·errors: the gradient of the weights behind a deterministic hidden layer.</summary>
/// <remarks>Rounding only, never fused. Every element's sum runs over the batch in order, whatever the threads. The padding of
/// the gradient stays zero. Allocates nothing.</remarks>
public static unsafe class DenseOuterProduct
{
    private const int SmallestRange = 1 << 18;

    /// <summary>gradient [K, D] += Σ_b x [B, K]ᵀ · errors [B, D]. Throws where shapes differ.</summary>
    public static void Accumulate(Matrix x, Matrix errors, Matrix gradient, WorkerTeam team)
    {
        KernelChecks.Same(errors.Rows, x.Rows, nameof(errors));
        KernelChecks.Same(gradient.Rows, x.Columns, nameof(gradient));
        KernelChecks.Same(gradient.Columns, errors.Columns, nameof(gradient));
        if (x.Rows == 0 || gradient.Rows == 0 || gradient.Columns == 0) return;
        fixed (float* from = &x.Origin, e = &errors.Origin, g = &gradient.Origin)
        {
            Work work = new(from, x.Stride, x.Rows, e, errors.Stride, g, gradient.Stride, gradient.Columns);
            team.Run(work, gradient.Rows, SmallestRange / (x.Rows * gradient.Columns));
        }
    }

    /// <summary>The definition, in double: what is added to weight (k, d).</summary>
    public static double Reference(Matrix x, Matrix errors, int k, int d)
    {
        double sum = 0;
        for (int b = 0; b < x.Rows; b++) sum += (double)x[b, k] * errors[b, d];
        return sum;
    }

    private readonly struct Work(
        float* x, int xStride, int rows, float* errors, int errorStride, float* gradient, int gradientStride, int columns)
        : IRangeWork
    {
        public void Run(int start, int end)
        {
            int k = start;
            for (; k + 4 <= end; k += 4)
            {
                for (int c = 0; c < gradientStride; c += Matrix.Alignment)
                    FourRows(x + k, c, gradient + (long)k * gradientStride + c);
            }

            for (; k < end; k++)
            {
                for (int c = 0; c < gradientStride; c += Matrix.Alignment)
                    OneRow(x + k, c, gradient + (long)k * gradientStride + c);
            }

            // The padding of the errors may hold anything, and was added too.
            for (k = start; k < end; k++)
                new Span<float>(gradient + (long)k * gradientStride + columns, gradientStride - columns).Clear();
        }

        [MethodImpl(Compiled.Alone)]
        private void FourRows(float* x, int c, float* g)
        {
            float* e = errors + c;
            Vector512<float> sum0 = Vector512<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int b = 0; b < rows; b++, x += xStride, e += errorStride)
            {
                Vector512<float> line = Vector512.LoadAligned(e);
                sum0 += Vector512.Create(x[0]) * line;
                sum1 += Vector512.Create(x[1]) * line;
                sum2 += Vector512.Create(x[2]) * line;
                sum3 += Vector512.Create(x[3]) * line;
            }

            Add(sum0, g);
            Add(sum1, g + gradientStride);
            Add(sum2, g + 2 * gradientStride);
            Add(sum3, g + 3 * gradientStride);
        }

        [MethodImpl(Compiled.Alone)]
        private void OneRow(float* x, int c, float* g)
        {
            float* e = errors + c;
            Vector512<float> sum = Vector512<float>.Zero;
            for (int b = 0; b < rows; b++, x += xStride, e += errorStride)
                sum += Vector512.Create(x[0]) * Vector512.LoadAligned(e);
            Add(sum, g);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add(Vector512<float> sum, float* g) => (Vector512.LoadAligned(g) + sum).StoreAligned(g);
    }
}
