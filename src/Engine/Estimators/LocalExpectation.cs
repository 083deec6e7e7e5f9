using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// Local expectation gradients: an unbiased gradient of the ELBO in which every unit's own chance is summed out. By the logits
/// η of q: σ(ηⱼ)(1 − σ(ηⱼ)) · [f(z, zⱼ = 1) − f(z, zⱼ = 0)], f = log p(x, z) − log q(z | x), the mean over K draws z. θ:
/// 1/K Σₖ ∇θ log p(x, zᵏ).
/// </summary>
/// <remarks>Defined for one latent layer: with more, a flip would change what is above it; and for recognition of independent
/// units: else zⱼ given the others is not zⱼ given x. Costs 1 + H generative evaluations a draw. Source: Titsias and Lázaro-Gredilla, "Local expectation gradients for black box variational inference", 2015.</remarks>
public sealed class LocalExpectation : Estimator
{
    private const int RowsAtOnce = 4096;

    private readonly BitMatrix chunk = new(0, 0);
    private readonly Matrix errors = new(0, 0);
    private float[] drawWeights = [];
    private float[] means = [];
    private MachineSample? flips;

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "local-expectation",
        "Local expectation",
        "Every unit compares being on with being off, the others held: little noise, at the price of a pass for every unit.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override SamplingScheme Scheme => SamplingScheme.Flips;

    /// <inheritdoc/>
    public override void CheckFits(MachineShape shape)
    {
        RequireOneLatentLayer(shape);
        RequireIndependentUnits(shape, AutoregressiveParts.Recognition);
    }

    /// <inheritdoc/>
    /// <remarks>Every draw and all its flips; θ learns from the draws alone, λ in one go from all flips of a draw.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        int draws = settings.Samples;
        return new NetworkEvaluations(draws * (2 + shape.LayerSizes[1]), draws, 1 + draws, draws);
    }

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed) =>
        flips = new MachineSample(machine);

    /// <inheritdoc/>
    /// <remarks>The weight of a row with unit j flipped is that of unit j's logit: what turning it on changes.</remarks>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        int rows = terms.SamplesPerExample;
        weights.Generative.Clear();
        for (int first = 0; first < terms.Rows; first += rows)
        {
            weights.Generative[first] = 1;
            double drawn = terms.LogWeight(first);
            weights.Recognition(0)[first] = 0;
            for (int j = 1; j < rows; j++) weights.Recognition(0)[first + j] = drawn - terms.LogWeight(first + j);
        }
    }

    /// <inheritdoc/>
    public override void AccumulateWake(HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights,
        double recognitionShare, WorkerTeam team)
    {
        if (drawWeights.Length < sample.Rows) drawWeights = new float[sample.Rows];
        int samples = sample.SamplesPerExample;
        for (int r = 0; r < sample.Rows; r++) drawWeights[r] = exampleWeights[r / samples] / samples;
        machine.Generative.AccumulateGradient(sample, drawWeights.AsSpan(0, sample.Rows), team);
        int atOnce = Math.Max(1, RowsAtOnce / (1 + machine.LayerSizes[1]));
        for (int first = 0; first < sample.Rows; first += atOnce)
        {
            int count = Math.Min(atOnce, sample.Rows - first);
            MachineSample flipped = Flip(machine, sample, first, count, team);
            base.AccumulateWake(machine, flipped, drawWeights.AsSpan(first, count), recognitionShare, team);
        }
    }

    /// <inheritdoc/>
    /// <remarks>θ has learned from the draws already; flips are no draws.</remarks>
    protected override void AccumulateGenerative(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> rowWeights, WorkerTeam team)
    {
    }

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        LayerPass pass = sample.Recognition(0);
        int units = pass.Logits.Columns;
        if (means.Length < units) means = new float[units];
        errors.Reshape(sample.Rows, units);
        errors.Clear();
        for (int first = 0; first < sample.Rows; first += 1 + units)
            ComputeErrors(sample.Bits(1).Row(first), pass.Logits.Row(first), RecognitionWeights.Row(0).Slice(first + 1, units), errors.Row(first));
        machine.Recognition.Layers[0].AccumulateErrors(pass, errors, team);
    }

    /// <summary>errorsⱼ = ±σ(ηⱼ)(1 − σ(ηⱼ)) · weightⱼ, + where unit j is on and its flip is off.</summary>
    private void ComputeErrors(
        ReadOnlySpan<ulong> bits, ReadOnlySpan<float> logits, ReadOnlySpan<float> weights, Span<float> errors)
    {
        Sigmoid.Compute(logits, means);
        for (int j = 0; j < errors.Length; j++)
        {
            float sign = (bits[j >> 6] >> j & 1) != 0 ? 1 : -1;
            errors[j] = sign * means[j] * (1 - means[j]) * weights[j];
        }
    }

    /// <summary>Some of the draws, each with its flips.</summary>
    private MachineSample Flip(HelmholtzMachine machine, MachineSample sample, int first, int count, WorkerTeam team)
    {
        MachineSample flipped = flips ?? throw new InvalidOperationException("The estimator has not begun.");
        int units = machine.LayerSizes[1];
        chunk.CopyFrom(sample.Bits(0), first, count);
        flipped.Begin(chunk, 1 + units);
        for (int r = 0; r < flipped.Rows; r++)
        {
            Span<ulong> row = flipped.Bits(1).Row(r);
            sample.Bits(1).Row(first + r / (1 + units)).CopyTo(row);
            int unit = r % (1 + units) - 1;
            if (unit >= 0) row[unit >> 6] ^= 1UL << unit;
        }

        machine.Generative.ComputeLogits(flipped, team);
        machine.Recognition.ComputeLogits(flipped, team);
        return flipped;
    }
}
