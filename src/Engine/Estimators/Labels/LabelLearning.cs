using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Labels;

/// <summary>
/// The labels of a wake phase. An example with its label adds the bound of both, log p(x, y), and α log q(y | x). One without adds
/// the bound of log p(x): its label is drawn like every other unit, or summed out, and then the example stands once for every
/// label, weighed with q(y | x), and q(y | x) follows the exact derivative <see cref="LabelMarginal.Gradient"/>.
/// </summary>
/// <remarks>Around any estimator: it weighs what it is given. Where labels are summed out, the first of an example's rows has a
/// label drawn from q(y | x), so that it is one draw of all units. Steady use allocates nothing.</remarks>
public sealed class LabelLearning
{
    private readonly LabeledLayer recognition;
    private readonly LayerPass classifier;
    private readonly LogTerms terms = new();
    private readonly BitMatrix expanded = new(0, 0);
    private readonly Matrix errors = new(0, 0);
    private readonly double[] logProbabilities, bounds, gradient;
    private readonly float[] probabilities;
    private int[] known = [], labels = [], origins = [], firstRows = [];
    private float[] exampleWeights = [], weights = [], uniforms = [], rowWeights = [];
    private BitMatrix given;
    private bool sumsOut;
    private int count;

    /// <param name="machine">A machine with a label.</param>
    public LabelLearning(HelmholtzMachine machine)
    {
        recognition = (LabeledLayer)machine.Recognition.Layers[^1];
        classifier = recognition.CreatePass();
        given = expanded;
        int classes = recognition.Classes;
        (logProbabilities, bounds, gradient) = (new double[classes], new double[classes], new double[classes]);
        probabilities = new float[classes];
    }

    /// <summary>[B′, D] what the estimator is to explain: the examples, or each as often as it has labels.</summary>
    public BitMatrix Examples => sumsOut ? expanded : given;

    /// <summary>[B′] the labels given with <see cref="Examples"/>, −1 where none is.</summary>
    public ReadOnlySpan<int> Labels => sumsOut ? labels.AsSpan(0, count) : known.AsSpan(0, count);

    /// <summary>[B′] the weights of <see cref="Examples"/>; they sum to those of the batch.</summary>
    public ReadOnlySpan<float> Weights => sumsOut ? weights.AsSpan(0, count) : exampleWeights.AsSpan(0, count);

    /// <summary>The example of the batch that row <paramref name="index"/> of <see cref="Examples"/> stands for.</summary>
    public int Origin(int index) => sumsOut ? origins[index] : index;

    /// <summary>Takes a batch.</summary>
    /// <param name="examples">[B, D]; kept until the next batch.</param>
    /// <param name="batchLabels">[B] the labels that are known, −1 for the others.</param>
    /// <param name="batchWeights">[B] e, one an example; 1/B for the mean.</param>
    /// <param name="inference">What happens to labels that are not known.</param>
    /// <param name="key">Names the random numbers.</param>
    /// <param name="team">Who computes.</param>
    public void Begin(BitMatrix examples, ReadOnlySpan<int> batchLabels, ReadOnlySpan<float> batchWeights,
        LabelInference inference, StreamKey key, WorkerTeam team)
    {
        (given, sumsOut, count) = (examples, inference == LabelInference.Exact, examples.Rows);
        Reserve(examples.Rows);
        batchLabels.CopyTo(known);
        batchWeights.CopyTo(exampleWeights);
        if (!sumsOut) return;
        recognition.ComputeLogits(examples, 1, classifier, team);
        new RandomStream(key with { Purpose = StreamPurpose.Labels }).FillUniform(uniforms.AsSpan(0, examples.Rows));
        count = 0;
        for (int b = 0; b < examples.Rows; b++) Expand(b);
        expanded.Reshape(count, examples.Columns);
        for (int i = 0; i < count; i++) examples.Row(origins[i]).CopyTo(expanded.Row(i));
    }

    /// <summary>Adds to λ's gradient what the estimator leaves out: α log q(y | x) of known labels and, where labels are summed
    /// out, what q(y | x) learns from the bounds of the labels.</summary>
    /// <param name="machine">Whose gradients are accumulated.</param>
    /// <param name="sample">The explanations of <see cref="Examples"/> that the estimator weighed.</param>
    /// <param name="estimator">Which it was.</param>
    /// <param name="labelWeight">α.</param>
    /// <param name="share">The share of the wake phase in λ's gradient.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateRecognition(HelmholtzMachine machine, MachineSample sample, Estimator estimator,
        double labelWeight, double share, WorkerTeam team)
    {
        if (sumsOut) AccumulateSummedOut(machine, sample, estimator, labelWeight, share, team);
        else if (labelWeight > 0 && known.AsSpan(0, count).ContainsAnyExcept(-1))
            AccumulateObserved(sample, labelWeight, team);
    }

    private void AccumulateObserved(MachineSample sample, double labelWeight, WorkerTeam team)
    {
        if (rowWeights.Length < sample.Rows) rowWeights = new float[sample.Rows];
        int samples = sample.SamplesPerExample;
        for (int r = 0; r < sample.Rows; r++)
            rowWeights[r] = known[r / samples] < 0 ? 0 : (float)(exampleWeights[r / samples] * labelWeight / samples);
        recognition.AccumulateObservedLabels(sample.Recognition(sample.LayerSizes.Count - 2), rowWeights.AsSpan(0, sample.Rows), team);
    }

    private void AccumulateSummedOut(HelmholtzMachine machine, MachineSample sample, Estimator estimator,
        double labelWeight, double share, WorkerTeam team)
    {
        bool weighsSamples = estimator.Description.Recognition == ClaimedObjective.ImportanceWeightedBound;
        double ofBounds = share / estimator.Divisor(0);
        if (ofBounds > 0)
        {
            terms.Reshape(1, sample.Rows, sample.SamplesPerExample);
            terms.Compute(machine, sample, weighsSamples, team);
        }

        errors.Reshape(given.Rows, recognition.Units);
        errors.Clear();
        if (rowWeights.Length < given.Rows) rowWeights = new float[given.Rows];
        for (int b = 0; b < given.Rows; b++)
        {
            double scale = exampleWeights[b] * (known[b] >= 0 ? labelWeight : ofBounds);
            gradient.AsSpan().Clear();
            if (scale > 0) ComputeLogProbabilities(b);
            if (scale > 0 && known[b] >= 0) ObservedGradient(known[b]);
            else if (scale > 0) MarginalGradient(b, sample.SamplesPerExample, weighsSamples);
            Span<float> row = errors.Row(b);
            for (int c = 0; c < gradient.Length; c++) row[c] = (float)(scale * gradient[c]);
            rowWeights[b] = TensorPrimitives.MaxMagnitude<float>(row[..gradient.Length]);
        }

        Round(BernoulliError.Quantum(rowWeights.AsSpan(0, given.Rows)));
        recognition.AccumulateErrors(classifier, errors, team);
    }

    /// <summary>∂ log q(y | x) / ∂a.</summary>
    private void ObservedGradient(int label)
    {
        for (int c = 0; c < gradient.Length; c++) gradient[c] = (c == label ? 1 : 0) - Math.Exp(logProbabilities[c]);
    }

    private void MarginalGradient(int example, int samples, bool weighsSamples)
    {
        int first = firstRows[example];
        for (int i = first; i < first + bounds.Length; i++)
            bounds[labels[i]] = weighsSamples ? LogMean(i * samples, samples) : Mean(i * samples, samples);
        LabelMarginal.Gradient(logProbabilities, bounds, gradient);
    }

    private double Mean(int first, int samples)
    {
        double sum = 0;
        for (int r = first; r < first + samples; r++) sum += terms.LogWeight(r);
        return sum / samples;
    }

    private double LogMean(int first, int samples)
    {
        RunningLogSum sum = new();
        for (int r = first; r < first + samples; r++) sum.Add(terms.LogWeight(r));
        return sum.Value - Math.Log(samples);
    }

    /// <summary>Errors as multiples of a quantum, so that their sums are exact in any order.</summary>
    private void Round(double quantum)
    {
        if (quantum == 0 || !double.IsFinite(quantum)) return;
        for (int b = 0; b < errors.Rows; b++)
        {
            foreach (ref float error in errors.Row(b)[..gradient.Length]) error = BernoulliError.Round(error, quantum);
        }
    }

    /// <summary>log q(y | x_b) of every label.</summary>
    private void ComputeLogProbabilities(int example)
    {
        ReadOnlySpan<float> a = classifier.Logits.Row(example)[..logProbabilities.Length];
        double logSum = LogSumExp.Reference(a);
        for (int c = 0; c < a.Length; c++) logProbabilities[c] = a[c] - logSum;
    }

    /// <summary>Adds a row for the known label, or one for every label, in turn from one drawn from q(y | x).</summary>
    private void Expand(int example)
    {
        firstRows[example] = count;
        if (known[example] >= 0)
        {
            Add(example, known[example], exampleWeights[example]);
            return;
        }

        int classes = probabilities.Length;
        LabeledLayer.Softmax(classifier.Logits.Row(example)[..classes], probabilities);
        int drawn = LabeledLayer.Choose(probabilities, uniforms[example]);
        for (int i = 0; i < classes; i++)
        {
            int label = (drawn + i) % classes;
            Add(example, label, exampleWeights[example] * probabilities[label]);
        }
    }

    private void Add(int example, int label, float weight)
    {
        (labels[count], origins[count], weights[count]) = (label, example, weight);
        count++;
    }

    private void Reserve(int examples)
    {
        if (known.Length >= examples) return;
        (known, firstRows) = (new int[examples], new int[examples]);
        (exampleWeights, uniforms) = (new float[examples], new float[examples]);
        int rows = examples * probabilities.Length;
        (labels, origins, weights) = (new int[rows], new int[rows], new float[rows]);
    }
}
