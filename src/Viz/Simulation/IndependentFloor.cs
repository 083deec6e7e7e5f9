using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Viz.Simulation;

/// <summary>
/// What a network without latent units would reach: mean over held-out examples of Σᵢ xᵢ log mᵢ + (1 − xᵢ) log(1 − mᵢ), in
/// nats, mᵢ = (N·m̂ᵢ + 1) / (N + 2) the smoothed share of the N training examples in which unit i is on.
/// </summary>
public static class IndependentFloor
{
    private const int Chunk = 256;

    /// <summary>The floor, or null where nothing is held out.</summary>
    public static double? Compute(Dataset data)
    {
        Examples test = data.Test;
        if (test.Count == 0 || data.Training.Count == 0) return null;
        (double offSum, double[] gains) = LogOdds(data);
        var bits = new BitMatrix(0, data.Units);
        double sum = 0;
        for (int start = 0; start < test.Count; start += Chunk)
        {
            int[] indices = [.. Enumerable.Range(start, Math.Min(Chunk, test.Count - start))];
            test.Read(indices, seed: 0, epoch: 0, bits);
            for (int row = 0; row < bits.Rows; row++) sum += Gain(bits, row, gains);
        }

        return offSum + sum / test.Count;
    }

    /// <summary>Σᵢ log(1 − mᵢ), and log mᵢ − log(1 − mᵢ) for each unit.</summary>
    private static (double OffSum, double[] Gains) LogOdds(Dataset data)
    {
        double[] means = new double[data.Units];
        data.Training.Means(means);
        double offSum = 0, n = data.Training.Count;
        for (int i = 0; i < means.Length; i++)
        {
            double on = (n * means[i] + 1) / (n + 2);
            offSum += Math.Log(1 - on);
            means[i] = Math.Log(on) - Math.Log(1 - on);
        }

        return (offSum, means);
    }

    private static double Gain(BitMatrix bits, int row, double[] gains)
    {
        double sum = 0;
        for (int i = 0; i < gains.Length; i++) if (bits[row, i]) sum += gains[i];
        return sum;
    }
}
