using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Labels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>Draws λ's gradient by one estimator again and again, as a training step would compute it, and moves nothing.
/// Estimate n is named by seed and n: equal for any number of threads.</summary>
/// <remarks>Updates that an estimator divides by a number known before the batch (<see cref="Estimator.Divisor"/>) are multiplied
/// by it again, so that all are measured on one scale. Known labels are given to recognition as in training; α log q(y | x), which is
/// no part of the bound and the same for all, is left out.</remarks>
internal sealed class GradientSource
{
    // Steps of training count upwards from 0: below them, warm-up shares no random numbers with what is measured.
    private const long FirstWarmUp = long.MinValue / 2;

    private readonly FrozenRun run;
    private readonly WorkerTeam team;
    private readonly Estimator estimator;
    private readonly TrainingSettings settings;
    private readonly RecognitionShares shares;
    private readonly MachineSample wake;
    private readonly MachineSample dream;
    private readonly BitMatrix warmUpBatch = new(0, 0);
    private readonly Minibatches minibatches;
    private readonly LabelChoice? choice;
    private readonly LabelLearning? labels;
    private readonly int[] batchLabels;
    private readonly int[] warmUpLabels;
    private readonly float[] weights;
    private readonly float[] warmUpWeights;
    private long warmUps;

    /// <param name="run">What is frozen.</param>
    /// <param name="settings">With the estimator and its K.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="InvalidInputException">The estimator cannot be used with this machine or K.</exception>
    public GradientSource(FrozenRun run, TrainingSettings settings, WorkerTeam team)
    {
        TrainerSettingsCheck.Check(settings, run.Shape);
        (this.run, this.settings, this.team) = (run, settings, team);
        estimator = EstimatorCatalog.Create(settings.Estimator);
        estimator.Begin(run.Machine, settings, run.Seed);
        shares = estimator.Shares(settings.RecognitionLearning);
        (wake, dream) = (new MachineSample(run.Machine), new MachineSample(run.Machine));
        minibatches = new Minibatches(run.Training, run.Seed);
        if (run.Shape.Classes > 0) labels = new LabelLearning(run.Machine);
        if (run.Training.Labels is { } known && labels is not null) choice = new LabelChoice(known, run.Shape.Classes, run.Seed);
        (batchLabels, warmUpLabels) = ([.. run.Labels], new int[settings.BatchSize]);
        weights = MeanWeights(run.Batch.Rows);
        warmUpWeights = MeanWeights(settings.BatchSize);
    }

    /// <summary>Whether it learns anything of its own.</summary>
    public bool HasState => estimator.State.Any();

    /// <summary>One step of the estimator's own learning on the next minibatch of the training data.</summary>
    public void WarmUp()
    {
        minibatches.Read(settings.BatchSize, warmUpBatch);
        for (int b = 0; b < warmUpLabels.Length; b++) warmUpLabels[b] = choice?.Of(minibatches.Indices[b], settings.LabeledExamples) ?? -1;
        Wake(warmUpBatch, warmUpLabels, warmUpWeights, FirstWarmUp + warmUps++);
        ClearGradients();
        estimator.Adapt(settings, team);
    }

    /// <summary>Estimate <paramref name="number"/> of the batch's gradient.</summary>
    /// <param name="number">From 0.</param>
    /// <param name="gradient">[P] overwritten.</param>
    public void Draw(long number, Span<float> gradient)
    {
        ClearGradients();
        Wake(run.Batch, batchLabels, weights, number);
        if (shares.Sleep > 0) Sleep(number);
        Read(gradient);
    }

    private static float[] MeanWeights(int count)
    {
        float[] weights = new float[count];
        Array.Fill(weights, 1f / count);
        return weights;
    }

    private void Wake(BitMatrix batch, int[] known, float[] exampleWeights, long number)
    {
        StreamKey key = new(run.Seed, StreamPurpose.Wake, number);
        labels?.Begin(batch, known, exampleWeights, settings.LabelInference, key, team);
        if (labels is not null) wake.ObserveLabels(labels.Labels);
        estimator.Sample(run.Machine, wake, labels?.Examples ?? batch, settings.Samples, key, team);
        run.Machine.Generative.ComputeLogits(wake, team);
        estimator.AccumulateWake(run.Machine, wake, labels is null ? exampleWeights : labels.Weights, shares.Wake, team);
        labels?.AccumulateRecognition(run.Machine, wake, estimator, labelWeight: 0, shares.Wake, team);
    }

    private void Sleep(long number)
    {
        run.Machine.Generative.Sample(dream, run.Batch.Rows, new StreamKey(run.Seed, StreamPurpose.Sleep, number), team);
        run.Machine.Recognition.ComputeLogits(dream, team);
        estimator.AccumulateSleep(run.Machine, dream, weights, shares.Sleep, team);
    }

    private void Read(Span<float> gradient)
    {
        for (int l = 0; l < run.Machine.Recognition.Layers.Count; l++)
            gradient = Read(run.Machine.Recognition.Layers[l].Parameters, (float)estimator.Divisor(l), gradient);
        if (run.Machine.Recognition.Gaussian is { } gaussian) Read(gaussian.Parameters, 1, gradient);
    }

    /// <summary>Writes gradients times a factor; what room is left behind them.</summary>
    private static Span<float> Read(IReadOnlyList<Parameter> parameters, float factor, Span<float> room)
    {
        foreach (Parameter parameter in parameters)
        {
            for (int r = 0; r < parameter.Rows; r++, room = room[parameter.Columns..])
                System.Numerics.Tensors.TensorPrimitives.Multiply(parameter.Gradient.Row(r), factor, room);
        }

        return room;
    }

    private void ClearGradients()
    {
        foreach (Parameter parameter in run.Machine.Parameters) parameter.ClearGradient();
    }
}
