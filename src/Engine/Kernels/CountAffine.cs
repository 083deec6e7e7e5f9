using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>y = x·W + b with counts x: the inputs of units that read documents.</summary>
/// <remarks>Costs a row of W for every different word. Rounding only, never fused, words in ascending order: a row of y depends on
/// its own document, the weights and the bias alone, to the last bit. The padding of y is zero where that of the weights is.
/// Allocates nothing within the capacity of y.</remarks>
public static class CountAffine
{
    private const int SmallestRange = 8;

    /// <summary>y [B, H], reshaped and overwritten, from documents [B, V], weights [V, H] and bias [H]; y is not weights. Throws
    /// where shapes differ.</summary>
    public static unsafe void Compute(CountMatrix documents, Matrix weights, ReadOnlySpan<float> bias, Matrix y, WorkerTeam team)
    {
        KernelChecks.Same(documents.Columns, weights.Rows, nameof(documents));
        KernelChecks.Same(bias.Length, weights.Columns, nameof(bias));
        y.Reshape(documents.Rows, weights.Columns);
        if (documents.Rows == 0 || weights.Columns == 0) return;
        using PaddedRow padded = new(bias);
        fixed (float* b = padded.Values) team.Run(new Work(documents, weights, b, y), documents.Rows, SmallestRange);
    }

    /// <summary>The definition, in double: element (row, h).</summary>
    public static double Reference(CountMatrix documents, int row, Matrix weights, ReadOnlySpan<float> bias, int h)
    {
        double sum = bias[h];
        ReadOnlySpan<int> words = documents.Words(row), counts = documents.Counts(row);
        for (int i = 0; i < words.Length; i++) sum += (double)counts[i] * weights[words[i], h];
        return sum;
    }

    private readonly unsafe struct Work(CountMatrix documents, Matrix weights, float* bias, Matrix y) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                Span<float> row = y.PaddedRow(r);
                new Span<float>(bias, y.Stride).CopyTo(row);
                ReadOnlySpan<int> words = documents.Words(r), counts = documents.Counts(r);
                for (int i = 0; i < words.Length; i++)
                    ScaledRows.Add(weights.PaddedRow(words[i]), counts[i], row);
            }
        }
    }
}
