using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Models;

/// <summary>Carries states and gradients between the reference and the machine.</summary>
internal static class States
{
    /// <summary>Fills a sample with states, K in a row for one example, and computes both networks' logits.</summary>
    public static MachineSample Fill(
        HelmholtzMachine machine, IReadOnlyList<double[][]> states, int samplesPerExample = 1, int observedLabel = -1)
    {
        var sample = new MachineSample(machine);
        if (observedLabel >= 0) sample.ObserveLabels([.. Enumerable.Repeat(observedLabel, states.Count / samplesPerExample)]);
        sample.Begin(Examples(machine, [.. states.Where((_, r) => r % samplesPerExample == 0).Select(state => state[0])]), samplesPerExample);
        for (int r = 0; r < states.Count; r++)
        {
            for (int l = 1; l < machine.LayerSizes.Count; l++) Write(states[r][l], sample.Bits(l), r);
        }

        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        machine.Recognition.ComputeLogits(sample, WorkerTeam.Single);
        return sample;
    }

    /// <summary>Visible states as examples: bits, or documents where the machine reads them.</summary>
    public static BitMatrix Examples(HelmholtzMachine machine, IReadOnlyList<double[]> visible)
    {
        var examples = new BitMatrix(visible.Count, machine.LayerSizes[0]);
        if (machine.Settings.DocumentLengths.Count > 0) examples.BeginDocuments(machine.LayerSizes[0]);
        for (int b = 0; b < visible.Count; b++)
        {
            if (examples.Counts is null)
            {
                Write(visible[b], examples, b);
                continue;
            }

            int[] words = [.. Enumerable.Range(0, visible[b].Length).Where(word => visible[b][word] > 0)];
            examples.AppendDocument(words, [.. words.Select(word => (int)visible[b][word])]);
        }

        return examples;
    }

    /// <summary>The accumulated gradient, flat and in the parameters' order; then cleared.</summary>
    public static double[] TakeGradient(IReadOnlyList<Parameter> parameters)
    {
        List<double> gradient = [];
        foreach (Parameter parameter in parameters)
        {
            for (int r = 0; r < parameter.Gradient.Rows; r++)
            {
                foreach (float g in parameter.Gradient.Row(r)) gradient.Add(g);
            }

            parameter.ClearGradient();
        }

        return [.. gradient];
    }

    /// <summary>‖a − b‖ / ‖b‖.</summary>
    public static double RelativeError(double[] actual, double[] expected) =>
        Norm(actual.Zip(expected, (a, b) => a - b)) / Norm(expected);

    public static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));

    private static void Write(double[] bits, BitMatrix destination, int row)
    {
        for (int i = 0; i < bits.Length; i++) destination[row, i] = bits[i] != 0;
    }
}
