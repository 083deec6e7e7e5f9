using DreamViz.Engine.Data;

namespace DreamViz.Engine.Diagnostics;

/// <summary>How well held-out data is explained without any latent variables: the mean log-likelihood under independent
/// Bernoulli units, Σᵢ m′ᵢ·log mᵢ + (1 − m′ᵢ)·log(1 − mᵢ), with the held-out means m′ and the training means m smoothed by
/// one success and one failure; of documents, that of the <see cref="Unigram"/> model. A model that has learned lies above it.</summary>
public static class IndependentFloor
{
    /// <summary>Nats per example.</summary>
    public static double Compute(Examples training, Examples heldOut, int units)
    {
        if (heldOut.Lengths is not null) return Unigram.LogLikelihood(training, heldOut, units);
        double[] means = new double[units], found = new double[units];
        training.Means(means);
        heldOut.Means(found);
        double sum = 0;
        for (int i = 0; i < units; i++)
        {
            double m = (means[i] * training.Count + 1) / (training.Count + 2);
            sum += found[i] * Math.Log(m) + (1 - found[i]) * Math.Log(1 - m);
        }

        return sum;
    }
}
