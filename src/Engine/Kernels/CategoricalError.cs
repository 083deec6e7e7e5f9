using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>w · (c − N·e^ℓ): the gradient of w · Σᵢ cᵢ ℓᵢ by the logits whose log-softmax is ℓ; c counts words, N is their sum.
/// </summary>
/// <remarks>Error below 4e-7 · |w| · (c + N·e^ℓ) against <see cref="Reference"/>. A row's errors depend on that row alone. The
/// padding of the errors is zero. Allocates nothing within the capacity of the errors.</remarks>
public static class CategoricalError
{
    private const int SmallestRange = 16384;

    /// <summary>errors [B, V], reshaped and overwritten, from documents [B, V], log-probabilities [B, V] and weights [B] (empty: all
    /// one). Throws where shapes differ.</summary>
    public static unsafe void Compute(
        CountMatrix documents, Matrix logProbabilities, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team)
    {
        KernelChecks.Same(documents.Columns, logProbabilities.Columns, nameof(documents));
        KernelChecks.Same(documents.Rows, logProbabilities.Rows, nameof(documents));
        if (!weights.IsEmpty) KernelChecks.Same(weights.Length, documents.Rows, nameof(weights));
        errors.Reshape(documents.Rows, documents.Columns);
        if (documents.Columns == 0) return;
        fixed (float* w = weights)
            team.Run(new Work(documents, logProbabilities, w, errors), documents.Rows, SmallestRange / documents.Columns);
    }

    /// <summary>The definition, in double: the error of word d.</summary>
    public static double Reference(CountMatrix documents, int row, ReadOnlySpan<float> logProbabilities, float weight, int d)
    {
        int place = documents.Words(row).IndexOf(d);
        double count = place < 0 ? 0 : documents.Counts(row)[place];
        return weight * (count - documents.Total(row) * Math.Exp(logProbabilities[d]));
    }

    private readonly unsafe struct Work(CountMatrix documents, Matrix logProbabilities, float* weights, Matrix errors) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                Span<float> row = errors.PaddedRow(r);
                float weight = weights == null ? 1 : weights[r];
                ScaledExp(logProbabilities.PaddedRow(r), -weight * documents.Total(r), row);
                row[errors.Columns..].Clear();
                ReadOnlySpan<int> words = documents.Words(r), counts = documents.Counts(r);
                for (int i = 0; i < words.Length; i++) row[words[i]] += weight * counts[i];
            }
        }

        /// <summary>y = scale · eˣ, whole lines.</summary>
        [MethodImpl(Compiled.Alone)]
        private static void ScaledExp(ReadOnlySpan<float> x, float scale, Span<float> y)
        {
            Vector512<float> factor = Vector512.Create(scale);
            for (int i = 0; i < x.Length; i += Matrix.Alignment)
                (VectorMath.Exp(Vector512.Create(x.Slice(i, Matrix.Alignment))) * factor).CopyTo(y[i..]);
        }
    }
}
