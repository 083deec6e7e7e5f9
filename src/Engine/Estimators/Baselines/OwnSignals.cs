using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>The log-probabilities that are a unit's own: log p(zᵢ) − log q(zᵢ) = zᵢ (aᵢ − ηᵢ) − softplus(aᵢ) + softplus(ηᵢ); without
/// a prior, −log q(zᵢ) alone.</summary>
internal sealed class OwnSignals
{
    private float[] logits = [];
    private float[] normalizers = [];

    /// <summary>All units of all rows.</summary>
    /// <param name="bits">[B, units] z.</param>
    /// <param name="posterior">[B, units] η.</param>
    /// <param name="prior">[units] a, or empty.</param>
    /// <param name="signals">[B, units] nats, overwritten.</param>
    public void Compute(BitMatrix bits, Matrix posterior, ReadOnlySpan<float> prior, Matrix signals)
    {
        int units = posterior.Columns;
        if (logits.Length < units) (logits, normalizers) = (new float[units], new float[units]);
        Span<float> a = logits.AsSpan(0, units), normalizer = normalizers.AsSpan(0, units);
        a.Clear();
        normalizer.Clear();
        prior.CopyTo(a);
        Softplus.Compute(prior, normalizer);
        for (int r = 0; r < posterior.Rows; r++)
        {
            Span<float> row = signals.Row(r);
            Softplus.Compute(posterior.Row(r), row);
            TensorPrimitives.Subtract(row, normalizer, row);
            AddWhereOn(bits.Row(r), a, posterior.Row(r), row);
        }
    }

    /// <summary>sumᵢ += zᵢ (aᵢ − ηᵢ).</summary>
    private static void AddWhereOn(ReadOnlySpan<ulong> bits, ReadOnlySpan<float> a, ReadOnlySpan<float> posterior, Span<float> sum)
    {
        for (int w = 0; w < bits.Length; w++)
        {
            for (ulong word = bits[w]; word != 0; word &= word - 1)
            {
                int i = w * 64 + System.Numerics.BitOperations.TrailingZeroCount(word);
                sum[i] += a[i] - posterior[i];
            }
        }
    }
}
