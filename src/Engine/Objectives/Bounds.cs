using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Objectives;

/// <summary>
/// Monte Carlo bounds on log p(x), with zᵏ ~ q(z | x) and log wₖ = log p(x, zᵏ) − log q(zᵏ | x): the ELBO, the mean of
/// log wₖ, and the importance-weighted bound IW-K, log 1/K Σₖ wₖ. ELBO ≤ IW-K ≤ log p(x) in expectation, the first also on
/// every draw.
/// </summary>
/// <remarks>Works through examples and samples in chunks, so that memory stays bounded; the result depends on the evaluation
/// seed, not on the threads. Source: Burda, Grosse and Salakhutdinov, "Importance weighted autoencoders", 2016.</remarks>
public static class Bounds
{
    /// <summary>The most samples to an example.</summary>
    public const int MaximumSamples = 1_000_000;

    /// <summary>The ELBO.</summary>
    /// <inheritdoc cref="Estimate"/>
    public static BoundEstimate Elbo(
        HelmholtzMachine machine, Examples examples, int count, int samples, ulong seed, WorkerTeam team) =>
        Estimate(machine, examples, count, samples, seed, team).Elbo;

    /// <summary>The importance-weighted bound IW-K.</summary>
    /// <inheritdoc cref="Estimate"/>
    public static BoundEstimate ImportanceWeighted(
        HelmholtzMachine machine, Examples examples, int count, int samples, ulong seed, WorkerTeam team) =>
        Estimate(machine, examples, count, samples, seed, team).ImportanceWeighted;

    /// <summary>Both bounds from the same samples.</summary>
    /// <param name="machine">What is measured.</param>
    /// <param name="examples">What it is measured on.</param>
    /// <param name="count">How many of them, from the first; fewer where there are fewer.</param>
    /// <param name="samples">K, samples to an example.</param>
    /// <param name="seed">Names the random numbers of the evaluation, and the bits where they are drawn each epoch.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="InvalidInputException">No examples, or K out of range.</exception>
    public static (BoundEstimate Elbo, BoundEstimate ImportanceWeighted) Estimate(
        HelmholtzMachine machine, Examples examples, int count, int samples, ulong seed, WorkerTeam team)
    {
        if (samples is < 1 or > MaximumSamples)
            throw new InvalidInputException($"bound: expected 1 to {MaximumSamples} samples to an example, found {samples}");
        count = EvaluationExamples.CheckedCount(examples, count);
        var evaluation = new ImportanceSampling(machine, samples, seed, team);
        (double elbo, double weighted) = (0, 0);
        (PerplexitySum elboPerplexity, PerplexitySum weightedPerplexity) = (new(), new());
        for (int first = 0; first < count; first += evaluation.ExamplesAtOnce)
        {
            evaluation.Run(examples, first, Math.Min(evaluation.ExamplesAtOnce, count - first));
            elbo += Sum(evaluation.MeanLogWeights, examples, first, elboPerplexity);
            weighted += Sum(evaluation.LogMeanWeights, examples, first, weightedPerplexity);
        }

        return (new BoundEstimate("ELBO", elbo / count, count) { Perplexity = elboPerplexity.Value },
            new BoundEstimate($"IW-{samples}", weighted / count, count) { Perplexity = weightedPerplexity.Value });
    }

    private static double Sum(IEnumerable<double> values, Examples examples, int first, PerplexitySum perplexity)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
            if (examples.Lengths is { } lengths) perplexity.Add(value, lengths[first++]);
        }

        return sum;
    }
}
