using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// The gradient of the ELBO without chance, by summing over all configurations z: θ: Σ_z q(z | x) ∇θ log p(x, z), λ:
/// Σ_z q(z | x) f(z) ∇λ log q(z | x), f = log p(x, z) − log q(z | x).
/// </summary>
/// <remarks>The oracle for the others. Costs 2^H network evaluations an example; K is not read. Real-valued units beside the bits are not
/// enumerated: their noise is that of the first draw, one for all configurations, so that what is left to chance is that noise
/// alone.</remarks>
public sealed class ExactEnumeration : Estimator
{
    /// <summary>The most latent bits.</summary>
    public const int MaximumLatentBits = 12;

    // Logits and errors of so many rows are met again in a second-level cache.
    private const int RowsAtOnce = 1 << 8;

    private readonly BitMatrix chunk = new(0, 0);
    private MachineSample? all;

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "exact",
        "Exact enumeration",
        "Every possible explanation is weighed by its probability: no noise at all, for tiny networks only.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override SamplingScheme Scheme => SamplingScheme.Enumeration;

    /// <inheritdoc/>
    /// <remarks>Examples are enumerated some at a time.</remarks>
    public override bool AccumulatesInOneGo => false;

    /// <inheritdoc/>
    public override void CheckFits(MachineShape shape)
    {
        int bits = LatentBits(shape.LayerSizes);
        if (bits > MaximumLatentBits)
            throw new InvalidInputException($"estimator {Description.Key}: expected at most {MaximumLatentBits} latent units, "
                + $"found {bits} ({shape})");
    }

    /// <inheritdoc/>
    /// <remarks>All configurations, and K draws that are only there to be watched.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        int rows = 1 << LatentBits(shape.LayerSizes), draws = settings.Samples;
        double explained = NetworkEvaluations.OfExplanations(shape, rows);
        return new NetworkEvaluations(
            rows + draws, rows, explained + NetworkEvaluations.OfExplanations(shape, draws), explained);
    }

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed) =>
        all = new MachineSample(machine);

    /// <inheritdoc/>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        for (int r = 0; r < terms.Rows; r++)
        {
            double logProbability = 0;
            for (int l = 0; l < terms.LatentLayers; l++) logProbability += terms.Recognition(l)[r];
            double probability = weights.Generative[r] = Math.Exp(logProbability);
            weights.Recognition(0)[r] = probability == 0 ? 0 : probability * terms.LogWeight(r);
        }

        weights.ShareLowestRecognition();
    }

    /// <inheritdoc/>
    /// <remarks>The given explanations are not read: only what they explain.</remarks>
    public override void AccumulateWake(HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights,
        double recognitionShare, WorkerTeam team)
    {
        int atOnce = Math.Max(1, RowsAtOnce >> LatentBits(machine.LayerSizes));
        for (int first = 0; first < exampleWeights.Length; first += atOnce)
        {
            int count = Math.Min(atOnce, exampleWeights.Length - first);
            MachineSample enumerated = Enumerate(machine, sample, first, count, team);
            base.AccumulateWake(machine, enumerated, exampleWeights.Slice(first, count), recognitionShare, team);
        }
    }

    /// <summary>Every explanation of some of the examples.</summary>
    private MachineSample Enumerate(HelmholtzMachine machine, MachineSample sample, int first, int count, WorkerTeam team)
    {
        MachineSample enumerated = all ?? throw new InvalidOperationException("The estimator has not begun.");
        chunk.CopyFrom(sample.Examples, first, count);
        enumerated.ObserveLabels(sample.ObservedLabels.IsEmpty ? [] : sample.ObservedLabels.Slice(first, count));
        int configurations = 1 << LatentBits(machine.LayerSizes);
        enumerated.Begin(chunk, configurations);
        for (int r = 0; r < enumerated.Rows; r++) LatentConfigurations.WriteRow(enumerated, r, r & (configurations - 1));
        machine.Recognition.ComputeLogits(enumerated, team);
        if (enumerated.Gaussian is { } gaussian)
        {
            gaussian.TakeNoise(sample.Gaussian!, first * sample.SamplesPerExample, sample.SamplesPerExample, configurations);
            gaussian.Place();
        }

        machine.Generative.ComputeLogits(enumerated, team);
        return enumerated;
    }

    private static int LatentBits(IReadOnlyList<int> layerSizes)
    {
        int bits = 0;
        for (int l = 1; l < layerSizes.Count; l++) bits += layerSizes[l];
        return bits;
    }
}
