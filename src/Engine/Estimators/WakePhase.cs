using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>The wake phase alone: θ follows 1/K Σₖ ∇θ log p(x, zᵏ), zᵏ ~ q(z | x); λ stays as it is.</summary>
/// <remarks>What wake-sleep does without sleep: the ELBO rises only as far as one fixed q allows.</remarks>
public sealed class WakePhase : SampleEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "wake-phase",
        "Wake phase only",
        "The generative network learns from explanations of data; the recognition network stays as it is.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.None, RecognitionUnbiased: true);

    /// <inheritdoc/>
    protected override bool ReadsLogTerms => false;

    /// <inheritdoc/>
    public override RecognitionShares Shares(RecognitionLearning learning) => new(0, 0);

    /// <inheritdoc/>
    public override void Weigh(
        ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights)
    {
        generativeWeights.Fill(1.0 / logWeights.Length);
        recognitionWeights.Clear();
    }
}
