using DreamViz.Engine.Data;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;

namespace DreamViz.Engine.Diagnostics;

/// <summary>The model without topics: every word of every document is drawn with its share of all training words, smoothed by one
/// occurrence more of each. A model that has learned lies below its perplexity.</summary>
public static class Unigram
{
    /// <summary>[V] log shares of the training words.</summary>
    /// <param name="training">Documents.</param>
    /// <param name="units">V.</param>
    public static float[] LogShares(Examples training, int units)
    {
        double[] means = new double[units];
        training.Means(means);
        double words = training.Lengths!.Sum(length => (double)length);
        return [.. means.Select(mean => (float)Math.Log((mean * words + 1) / (words + units)))];
    }

    /// <summary>The perplexities of held-out documents.</summary>
    /// <param name="training">Documents to count.</param>
    /// <param name="heldOut">Documents to judge.</param>
    /// <param name="units">V.</param>
    /// <param name="count">How many of them, from the first; fewer where there are fewer.</param>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public static Perplexity Perplexity(Examples training, Examples heldOut, int units, int count = int.MaxValue)
    {
        PerplexitySum sum = new();
        foreach ((double logProbability, int length) in Judge(training, heldOut, units).Take(count)) sum.Add(logProbability, length);
        return sum.Value ?? throw new InvalidInputException("unigram: expected at least one held-out document, found none");
    }

    /// <summary>The mean of log p(x) over held-out documents, in nats per document.</summary>
    public static double LogLikelihood(Examples training, Examples heldOut, int units) =>
        Judge(training, heldOut, units).Average(document => document.LogProbability);

    private static IEnumerable<(double LogProbability, int Length)> Judge(Examples training, Examples heldOut, int units)
    {
        float[] logShares = LogShares(training, units);
        BitMatrix bits = new(0, 0);
        for (int n = 0; n < heldOut.Count; n++)
        {
            heldOut.Read([n], 0, 0, bits);
            CountMatrix document = bits.Counts!;
            yield return (CategoricalLogProbability.Compute(document.Words(0), document.Counts(0), logShares), document.Total(0));
        }
    }
}
