using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>log p(x | ℓ) of documents whose words are independent draws with log-probabilities ℓ: Σ_w c_w · ℓ_w, c_w how often
/// word w occurs.</summary>
/// <remarks>That of the words in their order: the multinomial coefficient N! / Π c_w!, which no parameter changes, is left out,
/// as in published perplexities. Summed in double. Allocates nothing.</remarks>
public static class CategoricalLogProbability
{
    private const int SmallestRange = 64;

    /// <summary>result_r += log p(x_r | ℓ_r), in nats; documents [B, V], log-probabilities [B, V]. Throws where shapes differ.
    /// </summary>
    public static void Accumulate(CountMatrix documents, Matrix logProbabilities, Span<float> result, WorkerTeam team)
    {
        KernelChecks.Same(documents.Columns, logProbabilities.Columns, nameof(documents));
        KernelChecks.Same(documents.Rows, logProbabilities.Rows, nameof(documents));
        KernelChecks.Same(result.Length, documents.Rows, nameof(result));
        unsafe
        {
            fixed (float* sums = result) team.Run(new Work(documents, logProbabilities, sums), documents.Rows, SmallestRange);
        }
    }

    /// <summary>Σ_w c_w · ℓ_w of one document, in nats.</summary>
    /// <param name="words">The words that occur.</param>
    /// <param name="counts">How often each of them does.</param>
    /// <param name="logProbabilities">[V] ℓ.</param>
    public static double Compute(ReadOnlySpan<int> words, ReadOnlySpan<int> counts, ReadOnlySpan<float> logProbabilities)
    {
        double sum = 0;
        for (int i = 0; i < words.Length; i++) sum += (double)counts[i] * logProbabilities[words[i]];
        return sum;
    }

    private readonly unsafe struct Work(CountMatrix documents, Matrix logProbabilities, float* sums) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
                sums[r] += (float)Compute(documents.Words(r), documents.Counts(r), logProbabilities.Row(r));
        }
    }
}
