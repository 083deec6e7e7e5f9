namespace DreamViz.Engine.Estimators;

/// <summary>
/// Leave-one-out: an unbiased gradient of the ELBO from K ≥ 2 samples, each the others' baseline. λ: 1/K Σₖ [f(zᵏ) −
/// 1/(K − 1) Σ_{j≠k} f(zʲ)] ∇λ log q(zᵏ | x), f = log p(x, z) − log q(z | x); θ: 1/K Σₖ ∇θ log p(x, zᵏ).
/// </summary>
/// <remarks>Source: Salimans and Knowles, "On using control variates with stochastic approximation for variational Bayes and
/// its connection to stochastic linear regression", 2014.</remarks>
public sealed class LeaveOneOut : SampleEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "leave-one-out",
        "Leave-one-out",
        "Each of K explanations is judged against the mean of the others, so no baseline needs to be learned.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override int MinimumSamples => 2;

    /// <inheritdoc/>
    public override int UsualSamples => 5;

    /// <inheritdoc/>
    public override void Weigh(
        ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights)
    {
        int samples = logWeights.Length;
        generativeWeights.Fill(1.0 / samples);
        double sum = 0;
        foreach (double f in logWeights) sum += f;
        for (int k = 0; k < samples; k++)
        {
            double others = (sum - logWeights[k]) / (samples - 1);
            recognitionWeights[k] = (logWeights[k] - others) / samples;
        }
    }
}
