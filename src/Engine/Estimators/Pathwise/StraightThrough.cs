using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>
/// Straight-through: the gradient goes through each draw as if it were its mean. By the logits η of q at layer l:
/// f′(z) σ(η)(1 − σ(η)), f = log p(x, z) − log q(z | x), units above l moving along by the same rule; the mean over K draws.
/// </summary>
/// <remarks>Biased: f is not linear between z = 0 and z = 1. What λ changes of −log q with z held has mean zero, and is left out.
/// Source: Bengio, Léonard and Courville, "Estimating or propagating gradients through stochastic neurons for conditional
/// computation", 2013.</remarks>
public sealed class StraightThrough : PathwiseEstimator
{
    private float[] rowWeights = [];

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "straight-through",
        "Straight-through",
        "Every draw is treated as if it were its average: little noise, but the direction is not quite right (biased).",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: false);

    /// <inheritdoc/>
    protected override bool ReadsLogTerms => false;

    /// <inheritdoc/>
    /// <remarks>Each draw once more backward, to its latents.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings) =>
        base.Evaluations(shape, settings).WithRelaxed(shape, settings.Samples);

    /// <inheritdoc/>
    public override Matrix Slopes(int index) => Relaxed.Gradient(index + 1);

    /// <inheritdoc/>
    public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
    {
        Relaxed.TakeBits(sample, team);
        Relaxed.Differentiate(Machine!, team);
    }

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        ReadOnlySpan<float> weights = DrawWeights(sample, exampleWeights, share, ref rowWeights);
        for (int l = 0; l < machine.Recognition.Layers.Count; l++)
            AccumulateUpdates(machine.Recognition.Layers[l], sample.Recognition(l), Relaxed.Path(l + 1), weights, team);
    }
}
