using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>The start of learning: weights from N(0, WeightDeviation²), visible biases at the data's logits (of words at
/// the logs of their shares), the other biases of stochastic units at one value but for those of a fixed prior, those of deterministic
/// hidden units at 0.</summary>
internal static class Initialization
{
    /// <summary>Means nearer to 0 or 1 than this start as if they were this far: |logit| ≤ 6.9.</summary>
    private const double SmallestMean = 0.001;

    /// <summary>Words that are rarer, among them those that never occur, start as if they were this frequent.</summary>
    private const double SmallestShare = 1e-6;

    /// <summary>Overwrites all parameters.</summary>
    public static void Apply(HelmholtzMachine machine, ReadOnlySpan<double> means, ulong seed)
    {
        ModelSettings settings = machine.Settings;
        DrawWeights(machine, seed);
        foreach (ConditionalLayer layer in machine.Generative.Layers.Concat(machine.Recognition.Layers))
        {
            if (layer.Parameters.Contains(layer.OutputBiases)) layer.OutputBiases.Value.Row(0).Fill((float)settings.LatentBias);
        }

        SetVisibleBiases(machine.Generative.Layers[0].OutputBiases.Value.Row(0), settings, means);
        machine.ApplyConstraints();
    }

    private static void DrawWeights(HelmholtzMachine machine, ulong seed)
    {
        int index = 0;
        IEnumerable<Parameter> ofBits = machine.Generative.Layers.Concat(machine.Recognition.Layers).SelectMany(layer => layer.Weights);
        foreach (Parameter weights in ofBits.Concat(machine.GaussianWeights))
        {
            var stream = new RandomStream(new StreamKey(seed, StreamPurpose.Initialization, Layer: index++));
            for (int r = 0; r < weights.Rows; r++)
                stream.FillNormal(weights.Value.Row(r), machine.Settings.WeightDeviation);
        }
    }

    private static void SetVisibleBiases(Span<float> biases, ModelSettings settings, ReadOnlySpan<double> means)
    {
        if (settings.VisibleBias is double bias)
        {
            biases.Fill((float)bias);
            return;
        }

        if (means.Length != biases.Length)
            throw new InvalidInputException($"model: expected the means of {biases.Length} visible units, found {means.Length}");
        bool isDocument = settings.DocumentLengths.Count > 0;
        for (int i = 0; i < biases.Length; i++) biases[i] = (float)(isDocument ? LogShare(means[i], i) : Logit(means[i], i));
    }

    private static double LogShare(double mean, int word)
    {
        CheckMean(mean, word);
        return Math.Log(Math.Max(mean, SmallestShare));
    }

    private static double Logit(double mean, int unit)
    {
        CheckMean(mean, unit);
        double p = Math.Clamp(mean, SmallestMean, 1 - SmallestMean);
        return Math.Log(p / (1 - p));
    }

    private static void CheckMean(double mean, int unit)
    {
        if (!(mean is >= 0 and <= 1))
            throw new InvalidInputException($"data: expected the mean of unit {unit} between 0 and 1, found {mean}");
    }
}
