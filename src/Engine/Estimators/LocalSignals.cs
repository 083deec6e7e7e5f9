using System.Numerics.Tensors;

namespace DreamViz.Engine.Estimators;

/// <summary>What the units of each layer can change of f = log p(x, z) − log q(z | x), real-valued units given by their noise.
/// </summary>
internal static class LocalSignals
{
    /// <summary>f_l = Σ_{j≥l} [log p(z_j | z_{j+1}) − log q(z_{j+1} | z_j)] + log p(z_L), z_0 = x, of every layer and row: of the
    /// lowest it is f. What real-valued units add belongs to the layers below the top one alone: of one latent layer it is a number
    /// that only x decides.</summary>
    /// <param name="terms">Log-probabilities, in nats.</param>
    /// <param name="destination">Its recognition rows are overwritten.</param>
    public static void Compute(LogTerms terms, RowWeights destination)
    {
        ReadOnlySpan<double> above = terms.Generative(terms.LatentLayers);
        for (int l = terms.LatentLayers - 1; l >= 0; l--)
        {
            Span<double> signals = destination.Recognition(l);
            TensorPrimitives.Subtract(terms.Generative(l), terms.Recognition(l), signals);
            TensorPrimitives.Add(signals, above, signals);
            if (l == terms.LatentLayers - 2) TensorPrimitives.Add(signals, terms.Gaussian, signals);
            above = signals;
        }
    }

    /// <summary>The mean over K draws of ∇θ log p(x, z), and of scores weighed by f_l less its prediction.</summary>
    /// <param name="terms">Log-probabilities and predictions, in nats.</param>
    /// <param name="weights">Overwritten.</param>
    public static void Weigh(LogTerms terms, RowWeights weights) => Weigh(terms, weights, weights);

    /// <summary>The same, f_l kept.</summary>
    /// <param name="terms">Log-probabilities and predictions, in nats.</param>
    /// <param name="signals">Its recognition rows are overwritten with f_l; may be the weights.</param>
    /// <param name="weights">Overwritten.</param>
    public static void Weigh(LogTerms terms, RowWeights signals, RowWeights weights)
    {
        double each = 1.0 / terms.SamplesPerExample;
        weights.Generative.Fill(each);
        Compute(terms, signals);
        for (int l = 0; l < terms.LatentLayers; l++)
        {
            Span<double> rows = weights.Recognition(l);
            TensorPrimitives.Subtract(signals.Recognition(l), terms.Predictions(l), rows);
            TensorPrimitives.Multiply(rows, each, rows);
        }
    }
}
