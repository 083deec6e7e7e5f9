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
            DenseProduct product = new()
            {
                Factors = from,
                RowStride = x.Stride,
                TermStride = 1,
                Terms = x.Columns,
                Values = w,
                Initial = b,
                Adds = false,
                Result = to,
                Stride = y.Stride,
            };
            team.Run(product, x.Rows, SmallestRange / Math.Max(1, x.Columns * weights.Columns));
        }
    }

    /// <summary>The definition, in double: element (row, d).</summary>
    public static double Reference(Matrix x, int row, Matrix weights, ReadOnlySpan<float> bias, int d)
    {
        double sum = bias[d];
        for (int k = 0; k < x.Columns; k++) sum += (double)x[row, k] * weights[k, d];
        return sum;
    }
}
