using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// Wake-sleep. Wake: θ follows 1/K Σₖ ∇θ log p(x, zᵏ), zᵏ ~ q(z | x), the exact gradient of the ELBO in expectation. Sleep:
/// λ follows ∇λ log q(z | x̃), (x̃, z) ~ p.
/// </summary>
/// <remarks>Source: Hinton, Dayan, Frey and Neal, "The wake-sleep algorithm for unsupervised neural networks", 1995.</remarks>
public sealed class WakeSleep : SampleEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "wake-sleep",
        "Wake-sleep",
        "Awake, the generative network learns from explanations of data; asleep, the recognition network learns from dreams.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.InclusiveKlOnDreams, RecognitionUnbiased: true);

    /// <inheritdoc/>
    protected override bool ReadsLogTerms => false;

    /// <inheritdoc/>
    public override RecognitionShares Shares(RecognitionLearning learning) => new(0, 1);

    /// <inheritdoc/>
    public override void Weigh(
        ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights)
    {
        generativeWeights.Fill(1.0 / logWeights.Length);
        recognitionWeights.Clear();
    }
}
