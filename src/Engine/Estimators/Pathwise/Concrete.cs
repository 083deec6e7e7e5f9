using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>
/// Concrete: λ climbs the relaxed objective E_n[f(ζ)], f = log p(x, ζ) − log q(ζ | x) with Bernoulli log-probabilities continued to
/// y·a − softplus(a), ζ_l = σ((η_l(ζ_{l−1}) + n)/τ), n logistic noise: the mean over K draws of ∇λ f(ζ). θ learns from draws:
/// 1/K Σₖ ∇θ log p(x, zᵏ).
/// </summary>
/// <remarks>Unbiased for the relaxed objective, so biased for the ELBO, the less the lower the temperature τ; its variance grows as
/// 1/τ. Sources: Maddison, Mnih and Teh, "The Concrete distribution", 2017; Jang, Gu and Poole, "Categorical reparameterization with
/// Gumbel-softmax", 2017, for Bernoulli terms of relaxed values.</remarks>
public sealed class Concrete : PathwiseEstimator
{
    private float[] rowWeights = [];
    private Matrix[] noise = [];
    private BinaryConcrete relaxation = new([]);

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "concrete",
        "Concrete",
        "Bits are softened to numbers between 0 and 1, so that the gradient runs through; the softer, the more biased.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: false);

    /// <inheritdoc/>
    /// <remarks>Each relaxed draw forward and backward.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings) =>
        WithLowestAnew(base.Evaluations(shape, settings), shape).WithRelaxed(shape, 2 * settings.Samples);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => [nameof(TrainingSettings.Temperature)];

    /// <inheritdoc/>
    public override SamplingScheme Scheme => SamplingScheme.Continuous;

    /// <inheritdoc/>
    protected override bool ReadsLogTerms => false;

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
        base.Begin(machine, settings, seed);
        noise = [.. machine.Recognition.Layers.Select(_ => new Matrix(0, 0))];
        relaxation = new BinaryConcrete(noise) { Temperature = settings.Temperature };
    }

    /// <inheritdoc/>
    public override bool Survives(TrainingSettings before, TrainingSettings after) => before.Temperature == after.Temperature;

    /// <inheritdoc/>
    public override void Sample(HelmholtzMachine machine, MachineSample sample, BitMatrix examples, int samples, StreamKey key,
        WorkerTeam team)
    {
        base.Sample(machine, sample, examples, samples, key, team);
        StreamKey ofNoise = key with { Purpose = StreamPurpose.Relaxation };
        for (int l = 0; l < noise.Length; l++)
            LogisticNoise.Fill(sample.Rows, machine.LayerSizes[l + 1], ofNoise with { Layer = l + 1 }, noise[l], team);
    }

    /// <inheritdoc/>
    public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
    {
        Relaxed.Relax(Machine!, sample, 1, relaxation, team);
        Relaxed.Differentiate(Machine!, team);
        Relaxed.DifferentiateLogits(Machine!, 1, team);
    }

    /// <inheritdoc/>
    /// <remarks>Each layer on the relaxed values below it, not on the draw.</remarks>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        ReadOnlySpan<float> weights = DrawWeights(sample, exampleWeights, share, ref rowWeights);
        for (int l = 0; l < machine.Recognition.Layers.Count; l++)
            AccumulateUpdates(machine.Recognition.Layers[l], Relaxed.Recognition(l), Relaxed.LogitGradient(l + 1), weights, team);
    }
}
