namespace DreamViz.Engine.Estimators.Labels;

/// <summary>The bound of an example whose label is summed out, U(x) = Σ_y q(y | x) [ℓ_y − log q(y | x)], where ℓ_y is the bound of
/// picture and label y together.</summary>
/// <remarks>Source: Kingma, Rezende, Mohamed and Welling, "Semi-supervised learning with deep generative models", 2014.</remarks>
public static class LabelMarginal
{
    /// <summary>∂U / ∂a of the label's logits a, q = softmax(a), the ℓ held constant: q_c (ℓ_c − log q_c − U).</summary>
    /// <param name="logProbabilities">[C] log q(y | x), in nats.</param>
    /// <param name="bounds">[C] ℓ, in nats.</param>
    /// <param name="gradient">[C], overwritten.</param>
    public static void Gradient(ReadOnlySpan<double> logProbabilities, ReadOnlySpan<double> bounds, Span<double> gradient)
    {
        double mean = 0;
        for (int c = 0; c < bounds.Length; c++)
        {
            double q = Math.Exp(logProbabilities[c]);
            if (q > 0) mean += q * (bounds[c] - logProbabilities[c]);
        }

        for (int c = 0; c < bounds.Length; c++)
        {
            double q = Math.Exp(logProbabilities[c]);
            gradient[c] = q > 0 ? q * (bounds[c] - logProbabilities[c] - mean) : 0;
        }
    }
}
