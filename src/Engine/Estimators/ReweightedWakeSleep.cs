using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// Reweighted wake-sleep, w̃ₖ = wₖ / Σⱼ wⱼ with w = p(x, z)/q(z | x) held constant. θ: Σₖ w̃ₖ ∇θ log p(x, zᵏ), an unbiased
/// gradient of the K-sample bound. λ: Σₖ w̃ₖ ∇λ log q(zᵏ | x), dreams as in wake-sleep, or half of each.
/// </summary>
/// <remarks>The wake-phase update of λ is biased at finite K; at K = 1 it has mean zero and teaches nothing.
/// Source: Bornschein and Bengio, "Reweighted wake-sleep", 2015.</remarks>
public sealed class ReweightedWakeSleep : SampleEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "reweighted-wake-sleep",
        "Reweighted wake-sleep",
        "Several explanations of each example compete, and both networks learn most from those that explain it best.",
        ClaimedObjective.ImportanceWeightedBound, GenerativeUnbiased: true,
        ClaimedObjective.InclusiveKlOnData, RecognitionUnbiased: false);

    /// <inheritdoc/>
    public override int UsualSamples => 5;

    /// <inheritdoc/>
    public override RecognitionShares Shares(RecognitionLearning learning) => learning switch
    {
        RecognitionLearning.Wake => new(1, 0),
        RecognitionLearning.Both => new(0.5, 0.5),
        _ => new(0, 1),
    };

    /// <inheritdoc/>
    public override void Weigh(
        ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights)
    {
        ImportanceWeights.Normalize(logWeights, generativeWeights);
        generativeWeights.CopyTo(recognitionWeights);
    }
}
