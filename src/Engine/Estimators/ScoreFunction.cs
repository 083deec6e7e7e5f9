using System.Numerics.Tensors;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// Score function (REINFORCE): an unbiased gradient of the ELBO. λ: 1/K Σₖ f(zᵏ) ∇λ log q(zᵏ | x), f = log p(x, z) −
/// log q(z | x); θ: 1/K Σₖ ∇θ log p(x, zᵏ).
/// </summary>
/// <remarks>That −∇λ log q(z | x) inside f has mean zero is used: it is dropped.
/// Source: Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", 1992.
/// </remarks>
public sealed class ScoreFunction : SampleEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "score-function",
        "Score function",
        "Recognition repeats explanations in proportion to how good they were: unbiased, and very noisy.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override void Weigh(
        ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights)
    {
        generativeWeights.Fill(1.0 / logWeights.Length);
        TensorPrimitives.Divide(logWeights, logWeights.Length, recognitionWeights);
    }
}
