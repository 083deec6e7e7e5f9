using System.Numerics.Tensors;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Antithetic;

/// <summary>
/// ARM: an unbiased gradient of the ELBO from antithetic pairs that one uniform number u makes, z = [u &lt; σ(η)] and
/// z̃ = [1 − u &lt; σ(η)]. By the logits η of q at layer l: [f(z̃) − f(z)] (u − ½), f = log p(x, z) − log q(z | x), layers above l
/// drawn anew in each branch; the mean over K pairs. θ: the mean of ∇θ log p(x, z) over all draws.
/// </summary>
/// <remarks>Its mean given both bits is DisARM, which has therefore never more variance.
/// Source: Yin and Zhou, "ARM: augment-REINFORCE-merge gradient for stochastic binary networks", 2019.</remarks>
public sealed class Arm : AntitheticEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "arm",
        "ARM",
        "One random number makes two opposite explanations, and says how strongly their difference counts.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override SamplingScheme Scheme => SamplingScheme.Continuous;

    /// <inheritdoc/>
    private protected override AntitheticSampling Sampling { get; } = new(keepsNoise: true);

    /// <inheritdoc/>
    private protected override void ComputeErrors(
        MachineSample sample, int layer, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team)
    {
        Matrix noise = Sampling.Noise(layer);
        errors.Reshape(noise.Rows, noise.Columns);
        for (int pair = 0; pair < noise.Rows; pair++)
        {
            float weight = weights[pair * sample.LayerSizes.Count];
            TensorPrimitives.Subtract(0.5f, noise.PaddedRow(pair), errors.PaddedRow(pair));
            TensorPrimitives.Multiply(errors.PaddedRow(pair), weight, errors.PaddedRow(pair));
        }
    }
}
