using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Labels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators.Labels;

/// <summary>Three pictures, the first with its label, each as often as there are outcomes of what is drawn beside the labels, and
/// weighed with their probabilities: one update is the expected one.</summary>
internal sealed class MarginalBatch
{
    private readonly HelmholtzMachine machine;
    private readonly ReferenceMachine reference;
    private readonly int samples;
    private readonly int knownLabel;
    private readonly List<double[]> data;

    public MarginalBatch(HelmholtzMachine machine, int samples, int knownLabel)
    {
        (this.machine, this.samples, this.knownLabel) = (machine, samples, knownLabel);
        reference = new ReferenceMachine(machine);
        data = new ExpectedUpdate(machine).Data;
    }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<double[]> Data => data;

    /// <summary>The expected update, by the code that trains.</summary>
    public (double[] Generative, double[] Recognition) Update(Estimator estimator, double alpha)
    {
        return Update(estimator, alpha, [.. data.SelectMany((_, n) => Outcomes(n)
            .Select(draws => new Drawn(n, draws, Probability(n, draws) / data.Count)))]);
    }

    /// <summary>What may be drawn for an example without a label, how probable it is, and what the update is then.</summary>
    public IEnumerable<(double Probability, double[] Generative, double[] Recognition)> Updates(Estimator estimator, int example) =>
        Outcomes(example).Select(draws =>
        {
            (double[] generative, double[] recognition) = Update(estimator, 0, [new Drawn(example, draws, Weight: 1)]);
            return (Probability(example, draws), generative, recognition);
        });

    /// <summary>The expected update in double: that of every label by the estimator's weights on gradients of the reference, and the
    /// rule for the label's logits.</summary>
    public (double[] Generative, double[] Recognition) UpdateInDouble(Estimator estimator, double alpha)
    {
        int classes = machine.Settings.Classes;
        double[] generative = new double[Count(machine.Generative.Parameters)], recognition = new double[Count(machine.Recognition.Parameters)];
        double[] ofLogits = new double[classes], bounds = new double[classes];
        bool isWeighted = estimator.Description.Recognition == ClaimedObjective.ImportanceWeightedBound;
        foreach ((int n, double[] x) in data.Index())
        {
            AddOfLabels(estimator, n, generative, recognition);
            double[] logQ = [.. Enumerable.Range(0, classes).Select(y => LogLabel(x, y))];
            for (int y = 0; y < classes; y++) bounds[y] = Bound(x, y, isWeighted);
            if (n > 0) LabelMarginal.Gradient(logQ, bounds, ofLogits);
            else for (int y = 0; y < classes; y++) ofLogits[y] = alpha * ((y == knownLabel ? 1 : 0) - Math.Exp(logQ[y]));
            double scale = 1 / (n > 0 ? estimator.Divisor(0) : 1) / data.Count;
            AddScaled(reference.Gradient(machine.Recognition.Parameters, () => reference.RecognitionLogits(State(x, 0, 0), 0)
                .Take(classes).Zip(ofLogits, (a, g) => a * g).Sum()), scale, recognition);
        }

        return (generative, recognition);
    }

    /// <summary>Adds what the estimator makes of an example with each label that it may have.</summary>
    private void AddOfLabels(Estimator estimator, int example, double[] generative, double[] recognition)
    {
        for (int y = 0; y < machine.Settings.Classes; y++)
        {
            double q = example > 0 ? Math.Exp(LogLabel(data[example], y)) : y == knownLabel ? 1 : 0;
            var expected = new ExpectedUpdate(machine, y);
            expected.Data.Clear();
            expected.Data.Add(data[example]);
            (double[] ofGenerative, double[] ofRecognition) = expected.WakeInDouble(estimator, samples);
            AddScaled(ofGenerative, q / data.Count, generative);
            AddScaled(ofRecognition, q / data.Count, recognition);
        }
    }

    private static void AddScaled(double[] x, double scale, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += scale * x[i];
    }

    private static int Count(IReadOnlyList<Parameter> parameters) => parameters.Sum(p => p.Value.Rows * p.Value.Columns);

    private (double[] Generative, double[] Recognition) Update(Estimator estimator, double alpha, List<Drawn> outcomes)
    {
        var examples = new BitMatrix(outcomes.Count, machine.LayerSizes[0]);
        for (int b = 0; b < outcomes.Count; b++)
        {
            for (int i = 0; i < examples.Columns; i++) examples[b, i] = data[outcomes[b].Example][i] == 1;
        }

        int[] known = [.. outcomes.Select(outcome => outcome.Example == 0 ? knownLabel : -1)];
        float[] weights = [.. outcomes.Select(outcome => (float)outcome.Weight)];
        var learning = new LabelLearning(machine);
        learning.Begin(examples, known, weights, LabelInference.Exact, new StreamKey(1, StreamPurpose.Wake), WorkerTeam.Single);
        MachineSample sample = Fill(learning, [.. outcomes.Select(outcome => outcome.Draws)]);
        estimator.AccumulateWake(machine, sample, learning.Weights, 1, WorkerTeam.Single);
        learning.AccumulateRecognition(machine, sample, estimator, alpha, 1, WorkerTeam.Single);
        return (States.TakeGradient(machine.Generative.Parameters), States.TakeGradient(machine.Recognition.Parameters));
    }

    /// <summary>The gradient of the mean of the bounds, by central differences.</summary>
    public double[] Gradient(IReadOnlyList<Parameter> parameters, Estimator estimator, double alpha)
    {
        bool isWeighted = (parameters == machine.Generative.Parameters ? estimator.Description.Generative : estimator.Description.Recognition)
            == ClaimedObjective.ImportanceWeightedBound;
        double[] gradient = reference.Gradient(parameters, () => data.Select((x, n) => n == 0
            ? Bound(x, knownLabel, isWeighted) + alpha * LogLabel(x, knownLabel)
            : Enumerable.Range(0, machine.Settings.Classes)
                .Sum(y => Math.Exp(LogLabel(x, y)) * (Bound(x, y, isWeighted) - LogLabel(x, y)))).Average());
        return gradient;
    }

    private double Bound(double[] x, int label, bool isWeighted)
    {
        reference.ObservedLabel = label;
        double bound = isWeighted ? reference.ImportanceWeighted(x, samples) : reference.Elbo(x);
        reference.ObservedLabel = -1;
        return bound;
    }

    private double LogLabel(double[] x, int label) => reference.LogLabel(State(x, label, 0));

    private double[][] State(double[] x, int label, int bit)
    {
        int classes = machine.Settings.Classes;
        return [x, [.. Enumerable.Range(0, classes).Select(c => c == label ? 1.0 : 0.0), bit]];
    }

    /// <summary>Everything that may be drawn of the bit beside each label, K times: [C · K].</summary>
    private IEnumerable<int[]> Outcomes(int example) =>
        ReferenceMachine.Tuples(2, samples * (example == 0 ? 1 : machine.Settings.Classes));

    private double Probability(int example, int[] draws)
    {
        double log = 0;
        for (int i = 0; i < draws.Length; i++)
        {
            int label = example == 0 ? knownLabel : i / samples;
            reference.ObservedLabel = label;
            log += reference.LogRecognition(State(data[example], label, draws[i]));
            reference.ObservedLabel = -1;
        }

        return Math.Exp(log);
    }

    private MachineSample Fill(LabelLearning learning, List<int[]> draws)
    {
        var sample = new MachineSample(machine);
        sample.ObserveLabels(learning.Labels);
        sample.Begin(learning.Examples, samples);
        for (int r = 0; r < sample.Rows; r++)
        {
            int row = r / samples, label = learning.Labels[row];
            int[] drawn = draws[learning.Origin(row)];
            sample.Bits(1)[r, label] = true;
            sample.Bits(1)[r, machine.Settings.Classes] = drawn[drawn.Length == samples ? r % samples : label * samples + r % samples] == 1;
        }

        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        machine.Recognition.ComputeLogits(sample, WorkerTeam.Single);
        return sample;
    }

    /// <summary>An example and the bits drawn beside its labels.</summary>
    private sealed record Drawn(int Example, int[] Draws, double Weight);
}
