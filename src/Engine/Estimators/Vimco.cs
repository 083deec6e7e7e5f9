namespace DreamViz.Engine.Estimators;

/// <summary>
/// VIMCO: an unbiased gradient of the K-sample bound L̂ = log 1/K Σₖ wₖ, K ≥ 2. λ: Σₖ [L̂ − L̂₋ₖ − w̃ₖ] ∇λ log q(zᵏ | x), θ:
/// Σₖ w̃ₖ ∇θ log p(x, zᵏ). L̂₋ₖ is L̂ with wₖ replaced by the geometric mean of the others, w̃ₖ = wₖ / Σⱼ wⱼ.
/// </summary>
/// <remarks>−w̃ₖ is the bound's own derivative by log q; unlike in the ELBO its mean is not zero.
/// Source: Mnih and Rezende, "Variational inference for Monte Carlo objectives", 2016.</remarks>
public sealed class Vimco : SampleEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "vimco",
        "VIMCO",
        "Each of K explanations is judged by how much it raised their common bound, the others being its baseline.",
        ClaimedObjective.ImportanceWeightedBound, GenerativeUnbiased: true,
        ClaimedObjective.ImportanceWeightedBound, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override int MinimumSamples => 2;

    /// <inheritdoc/>
    public override int UsualSamples => 5;

    /// <inheritdoc/>
    public override void Weigh(
        ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights)
    {
        ImportanceWeights.Normalize(logWeights, generativeWeights);
        int best = IndexOfLargest(logWeights);
        double largest = logWeights[best], sum = 0, logSum = 0;
        foreach (double l in logWeights)
        {
            sum += Math.Exp(l - largest);
            logSum += l;
        }

        for (int k = 0; k < logWeights.Length; k++)
        {
            double geometric = (logSum - logWeights[k]) / (logWeights.Length - 1);
            // Without the best, the sum loses nearly all: there the others are added anew.
            double without = k == best
                ? LogSum(logWeights, best, geometric)
                : largest + Math.Log(sum - Math.Exp(logWeights[k] - largest) + Math.Exp(geometric - largest));
            recognitionWeights[k] = largest + Math.Log(sum) - without - generativeWeights[k];
        }
    }

    /// <summary>log Σ exp lₖ, the one left out replaced by another term.</summary>
    private static double LogSum(ReadOnlySpan<double> logs, int leftOut, double replacement)
    {
        double largest = replacement, sum = 0;
        for (int k = 0; k < logs.Length; k++) if (k != leftOut) largest = Math.Max(largest, logs[k]);
        for (int k = 0; k < logs.Length; k++) sum += Math.Exp((k == leftOut ? replacement : logs[k]) - largest);
        return largest + Math.Log(sum);
    }

    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        int index = 0;
        for (int k = 1; k < values.Length; k++) if (values[k] > values[index]) index = k;
        return index;
    }
}
