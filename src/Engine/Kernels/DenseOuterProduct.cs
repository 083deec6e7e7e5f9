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
        using PaddedRow zeros = PaddedRow.Zeros(gradient.Stride);
        fixed (float* from = &x.Origin, e = &errors.Origin, zero = zeros.Values, g = &gradient.Origin)
        {
            DenseProduct product = new()
            {
                Factors = from,
                RowStride = 1,
                TermStride = x.Stride,
                Terms = x.Rows,
                Values = e,
                Initial = zero,
                Adds = true,
                Result = g,
                Stride = gradient.Stride,
            };
            team.Run(new Work(product, gradient.Columns), gradient.Rows, SmallestRange / (x.Rows * gradient.Columns));
        }
    }

    /// <summary>The definition, in double: what is added to weight (k, d).</summary>
    public static double Reference(Matrix x, Matrix errors, int k, int d)
    {
        double sum = 0;
        for (int b = 0; b < x.Rows; b++) sum += (double)x[b, k] * errors[b, d];
        return sum;
    }

    private readonly struct Work(DenseProduct product, int columns) : IRangeWork
    {
        public void Run(int start, int end)
        {
            product.Run(start, end);
            // The padding of the errors may hold anything, and was added too.
            for (int k = start; k < end; k++)
                new Span<float>(product.Result + (long)k * product.Stride + columns, product.Stride - columns).Clear();
        }
    }
}
