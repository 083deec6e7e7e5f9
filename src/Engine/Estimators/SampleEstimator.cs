namespace DreamViz.Engine.Estimators;

/// <summary>An estimator that weighs the K explanations of one example by their log weights alone, the same for every layer.
/// </summary>
public abstract class SampleEstimator : Estimator
{
    private double[] logWeights = [];

    /// <summary>The weights of the K explanations of one example.</summary>
    /// <param name="logWeights">[K] log p(x, zᵏ) − log q(zᵏ | x), in nats; zeros where they are not read.</param>
    /// <param name="generativeWeights">[K] receives the weight of ∇θ log p(x, zᵏ). Overwritten.</param>
    /// <param name="recognitionWeights">[K] receives the weight of ∇λ log q(zᵏ | x). Overwritten.</param>
    public abstract void Weigh(
        ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights);

    /// <inheritdoc/>
    public override bool ReadsGenerativeLogits => ReadsLogTerms;

    /// <inheritdoc/>
    public sealed override void Weigh(LogTerms terms, RowWeights weights)
    {
        int samples = terms.SamplesPerExample;
        if (logWeights.Length != samples) logWeights = new double[samples];
        for (int first = 0; first < terms.Rows; first += samples)
        {
            for (int k = 0; k < samples; k++) logWeights[k] = terms.LogWeight(first + k);
            Weigh(logWeights, weights.Generative.Slice(first, samples), weights.Recognition(0).Slice(first, samples));
        }

        weights.ShareLowestRecognition();
    }
}
