using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Objectives;

/// <summary>
/// The share of examples whose label is not argmax_y q(y | x). With one latent layer q(y | x) is computed; with more, it is the
/// mean of q(y | z_{L−1}) over S draws of the layers below.
/// </summary>
public static class ClassificationError
{
    private const int RowsAtOnce = 1024;

    /// <summary>Measures it.</summary>
    /// <param name="machine">A machine with a label.</param>
    /// <param name="examples">Examples with labels.</param>
    /// <param name="count">How many of them, from the first; fewer where there are fewer.</param>
    /// <param name="samples">S; not read with one latent layer.</param>
    /// <param name="seed">Names the draws, and the bits where they are drawn each epoch.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="InvalidInputException">No examples, or none with a label.</exception>
    public static LabelEstimate Estimate(
        HelmholtzMachine machine, Examples examples, int count, int samples, ulong seed, WorkerTeam team)
    {
        IReadOnlyList<int> labels = examples.Labels
            ?? throw new InvalidInputException("classification error: expected examples with labels, found none");
        count = EvaluationExamples.CheckedCount(examples, count);
        samples = machine.Shape.LatentLayers == 1 ? 1 : samples;
        var sample = new MachineSample(machine);
        var bits = new BitMatrix(0, 0);
        var totals = new double[machine.Shape.Classes];
        int wrong = 0, atOnce = Math.Max(1, RowsAtOnce / samples);
        for (int first = 0; first < count; first += atOnce)
        {
            EvaluationExamples.Read(examples, first, Math.Min(atOnce, count - first), seed, bits);
            machine.Recognition.Sample(sample, bits, samples, new StreamKey(seed, StreamPurpose.Evaluation, first), team);
            for (int b = 0; b < bits.Rows; b++)
                if (MostProbable(sample, b * samples, samples, totals) != labels[first + b])
                    wrong++;
        }

        return new LabelEstimate((double)wrong / count, count, samples);
    }

    private static int MostProbable(MachineSample sample, int first, int samples, double[] totals)
    {
        Array.Clear(totals);
        Matrix logits = sample.Recognition(sample.LayerSizes.Count - 2).Logits;
        Span<float> q = stackalloc float[totals.Length];
        for (int r = first; r < first + samples; r++)
        {
            LabeledLayer.Softmax(logits.Row(r)[..q.Length], q);
            for (int c = 0; c < q.Length; c++) totals[c] += q[c];
        }

        return Array.IndexOf(totals, totals.Max());
    }
}
