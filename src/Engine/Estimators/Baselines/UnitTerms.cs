using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>What a single unit of a mean-field layer contributes: its score and the log-probabilities that are its own.</summary>
internal static class UnitTerms
{
    /// <summary>sᵢ = zᵢ − σ(ηᵢ).</summary>
    /// <param name="bits">z, 64 units a word.</param>
    /// <param name="logits">[units] η.</param>
    /// <param name="scores">[units], overwritten.</param>
    public static void Score(ReadOnlySpan<ulong> bits, ReadOnlySpan<float> logits, Span<float> scores)
    {
        Sigmoid.Compute(logits, scores);
        for (int i = 0; i < scores.Length; i++) scores[i] = (bits[i >> 6] >> i & 1) - scores[i];
    }

    /// <summary>log p(zᵢ) − log q(zᵢ) = zᵢ (aᵢ − ηᵢ) − softplus(aᵢ) + softplus(ηᵢ); without a prior, −log q(zᵢ) alone.</summary>
    /// <param name="bits">z, 64 units a word.</param>
    /// <param name="logits">[units] η.</param>
    /// <param name="prior">[units] a, or empty.</param>
    /// <param name="signals">[units] nats, overwritten.</param>
    public static void OwnSignal(
        ReadOnlySpan<ulong> bits, ReadOnlySpan<float> logits, ReadOnlySpan<float> prior, Span<float> signals)
    {
        if (prior.IsEmpty)
        {
            Softplus.Compute(logits, signals);
            for (int i = 0; i < signals.Length; i++) signals[i] -= (bits[i >> 6] >> i & 1) * logits[i];
            return;
        }

        Softplus.Compute(prior, signals);
        for (int i = 0; i < signals.Length; i++)
            signals[i] = (bits[i >> 6] >> i & 1) * (prior[i] - logits[i]) - signals[i];
        AddSoftplus(logits, signals);
    }

    private static void AddSoftplus(ReadOnlySpan<float> logits, Span<float> sum)
    {
        const int AtOnce = 256;
        Span<float> part = stackalloc float[AtOnce];
        for (int i = 0; i < logits.Length; i += AtOnce)
        {
            int count = Math.Min(AtOnce, logits.Length - i);
            Softplus.Compute(logits.Slice(i, count), part);
            TensorPrimitives.Add(sum.Slice(i, count), part[..count], sum.Slice(i, count));
        }
    }
}
