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

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void FourRows(float* x, int c, float* g)
        {
            float* e = errors + c;
            Vector256<float> lower0 = Vector256<float>.Zero, upper0 = lower0, lower1 = lower0, upper1 = lower0;
            Vector256<float> lower2 = lower0, upper2 = lower0, lower3 = lower0, upper3 = lower0;
            for (int b = 0; b < rows; b++, x += xStride, e += errorStride)
            {
                Vector256<float> lower = Vector256.LoadAligned(e), upper = Vector256.LoadAligned(e + 8);
                Vector256<float> factor = Vector256.Create(x[0]);
                lower0 += factor * lower;
                upper0 += factor * upper;
                factor = Vector256.Create(x[1]);
                lower1 += factor * lower;
                upper1 += factor * upper;
                factor = Vector256.Create(x[2]);
                lower2 += factor * lower;
                upper2 += factor * upper;
                factor = Vector256.Create(x[3]);
                lower3 += factor * lower;
                upper3 += factor * upper;
            }

            Add(lower0, upper0, g);
            Add(lower1, upper1, g + gradientStride);
            Add(lower2, upper2, g + 2 * gradientStride);
            Add(lower3, upper3, g + 3 * gradientStride);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void OneRow(float* x, int c, float* g)
        {
            float* e = errors + c;
            Vector256<float> lower = Vector256<float>.Zero, upper = lower;
            for (int b = 0; b < rows; b++, x += xStride, e += errorStride)
            {
                Vector256<float> factor = Vector256.Create(x[0]);
                lower += factor * Vector256.LoadAligned(e);
                upper += factor * Vector256.LoadAligned(e + 8);
            }

            Add(lower, upper, g);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add(Vector256<float> lower, Vector256<float> upper, float* g)
        {
            (Vector256.LoadAligned(g) + lower).StoreAligned(g);
            (Vector256.LoadAligned(g + 8) + upper).StoreAligned(g + 8);
        }
    }
}
