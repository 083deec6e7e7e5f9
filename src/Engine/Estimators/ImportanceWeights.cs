namespace DreamViz.Engine.Estimators;

/// <summary>Normalized importance weights w̃ₖ = exp(lₖ) / Σⱼ exp(lⱼ).</summary>
public static class ImportanceWeights
{
    /// <summary>w̃ₖ = exp(lₖ − max) / Σⱼ exp(lⱼ − max), summed in order: never overflows, and the same bits every time.</summary>
    /// <param name="logWeights">[K] l, in nats.</param>
    /// <param name="normalized">[K], overwritten. NaN where a log weight is NaN or all are −∞.</param>
    public static void Normalize(ReadOnlySpan<double> logWeights, Span<double> normalized)
    {
        double largest = double.NegativeInfinity;
        foreach (double l in logWeights) largest = Math.Max(largest, l);
        double sum = 0;
        for (int k = 0; k < logWeights.Length; k++) sum += normalized[k] = Math.Exp(logWeights[k] - largest);
        for (int k = 0; k < logWeights.Length; k++) normalized[k] /= sum;
    }
}
