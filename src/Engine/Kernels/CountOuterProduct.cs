using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>gradient += xᵀ·errors with counts x: the gradient of the weights of units that read documents.</summary>
/// <remarks>Rounding only, never fused. Every element's sum runs over the batch in order, whatever the threads. The padding of the
/// gradient stays zero. Allocates nothing.</remarks>
public static class CountOuterProduct
{
    /// <summary>gradient [V, H] += Σ_b documents [B, V]ᵀ · errors [B, H]. Throws where shapes differ.</summary>
    public static void Accumulate(CountMatrix documents, Matrix errors, Matrix gradient, WorkerTeam team)
    {
        KernelChecks.Same(errors.Rows, documents.Rows, nameof(errors));
        KernelChecks.Same(gradient.Rows, documents.Columns, nameof(gradient));
        KernelChecks.Same(gradient.Columns, errors.Columns, nameof(gradient));
        team.Run(new Work(documents, errors, gradient), gradient.Stride / Matrix.Alignment);
    }

    /// <summary>The definition, in double: what is added to weight (v, h).</summary>
    public static double Reference(CountMatrix documents, Matrix errors, int v, int h)
    {
        double sum = 0;
        for (int b = 0; b < documents.Rows; b++)
        {
            int place = documents.Words(b).IndexOf(v);
            if (place >= 0) sum += (double)documents.Counts(b)[place] * errors[b, h];
        }

        return sum;
    }

    /// <summary>Ranges are of lines of columns, so that no two threads add to one element.</summary>
    private readonly struct Work(CountMatrix documents, Matrix errors, Matrix gradient) : IRangeWork
    {
        public void Run(int start, int end)
        {
            int first = start * Matrix.Alignment, length = (end - start) * Matrix.Alignment;
            for (int b = 0; b < documents.Rows; b++)
            {
                ReadOnlySpan<float> row = errors.PaddedRow(b).Slice(first, length);
                ReadOnlySpan<int> words = documents.Words(b), counts = documents.Counts(b);
                for (int i = 0; i < words.Length; i++)
                    ScaledRows.Add(row, counts[i], gradient.PaddedRow(words[i]).Slice(first, length));
            }

            if (first + length > gradient.Columns) ClearPadding();
        }

        /// <summary>The padding of the errors may hold anything, and was added too.</summary>
        private void ClearPadding()
        {
            for (int b = 0; b < documents.Rows; b++)
            {
                foreach (int word in documents.Words(b)) gradient.PaddedRow(word)[gradient.Columns..].Clear();
            }
        }
    }
}
