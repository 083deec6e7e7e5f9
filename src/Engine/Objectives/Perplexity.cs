namespace DreamViz.Engine.Objectives;

/// <summary>How many words are as good as equally likely: perplexities of documents d of N_d words, from a bound on, or the value
/// of, log p(x_d), in nats. A bound below log p gives a perplexity above the model's.</summary>
/// <param name="DocumentAveraged">exp(−1/D Σ_d log p(x_d) / N_d): every document counts the same.</param>
/// <param name="TokenAveraged">exp(−Σ_d log p(x_d) / Σ_d N_d): every word counts the same.</param>
public sealed record Perplexity(double DocumentAveraged, double TokenAveraged);

/// <summary>Perplexities of documents that arrive one by one.</summary>
internal sealed class PerplexitySum
{
    private double perWord;
    private double total;
    private long words;
    private int documents;

    /// <summary>Takes one more document.</summary>
    /// <param name="logProbability">log p(x), or a bound on it, in nats.</param>
    /// <param name="length">N, at least 1.</param>
    public void Add(double logProbability, int length)
    {
        perWord += logProbability / length;
        total += logProbability;
        words += length;
        documents++;
    }

    /// <summary>The perplexities so far; null where there were no documents.</summary>
    public Perplexity? Value => documents == 0 ? null : new Perplexity(Math.Exp(-perWord / documents), Math.Exp(-total / words));
}
