using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Antithetic;

/// <summary>
/// DisARM: an unbiased gradient of the ELBO from antithetic pairs z, z̃. By the logits η of q at layer l:
/// [f(z) − f(z̃)] · ½ · 1[zᵢ ≠ z̃ᵢ] · (−1)^z̃ᵢ · σ(|ηᵢ|), f = log p(x, z) − log q(z | x), layers above l drawn anew in each branch;
/// the mean over K pairs. θ: the mean of ∇θ log p(x, z) over all draws.
/// </summary>
/// <remarks>No baseline to learn: f(z̃) takes its place. Sources: Dong, Mnih and Tucker, "DisARM: an antithetic gradient
/// estimator for binary latent variables", 2020; Yin and Zhou, "ARM", 2019, for stacks.</remarks>
public sealed class DisArm : AntitheticEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "disarm",
        "DisARM",
        "Explanations are drawn in opposite pairs, and each unit learns from the pairs in which it differs.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override SamplingScheme Scheme => SamplingScheme.AntitheticBranches;

    /// <inheritdoc/>
    private protected override AntitheticSampling Sampling { get; } = new(keepsNoise: false);

    /// <summary>½ · 1[z ≠ z̃] · (−1)^z̃ · σ(|η|), the definition in double.</summary>
    public static double Score(bool bit, bool opposite, double logit) =>
        bit == opposite ? 0 : (opposite ? -0.5 : 0.5) * Sigmoid.Reference(Math.Abs(logit));

    /// <inheritdoc/>
    private protected override void ComputeErrors(
        MachineSample sample, int layer, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team) =>
        AntitheticBits.ComputeScores(sample.Bits(layer + 1), sample.Recognition(layer).Logits, sample.LayerSizes.Count, layer + 1, weights,
            errors, team);
}
