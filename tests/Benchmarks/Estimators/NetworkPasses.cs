using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Optimizers;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.Estimators;

/// <summary>The passes of which steps are made, each for one batch: what a count of network evaluations stands for.</summary>
internal sealed class NetworkPasses
{
    private readonly CpuTimedAction generativeForward;
    private readonly CpuTimedAction generativeJudgement;
    private readonly CpuTimedAction generativeBackward;
    private readonly CpuTimedAction lowestForward;
    private readonly CpuTimedAction lowestBackward;
    private readonly CpuTimedAction? aboveForward;
    private readonly CpuTimedAction? aboveBackward;
    private readonly double lowestShare;
    private readonly CpuTimedAction relaxedLowest;
    private readonly CpuTimedAction? relaxedAbove;
    private readonly CpuTimedAction relaxedOwn;
    private readonly double relaxedOwnShare;
    private readonly CpuTimedAction ownUpdate;

    /// <param name="trainer">Whose machine; it has not begun.</param>
    /// <param name="data">Examples.</param>
    /// <param name="batch">B.</param>
    /// <param name="ownWidth">Hidden units of an estimator's own networks.</param>
    public NetworkPasses(Trainer trainer, Dataset data, int batch, int ownWidth)
    {
        (HelmholtzMachine machine, WorkerTeam team) = (trainer.Machine, trainer.Team);
        MachineSample sample = new(machine);
        float[] weights = [.. Enumerable.Repeat(0f, batch)], logs = new float[batch];
        long step = 0;
        machine.Recognition.Sample(sample, BenchmarkData.First(data, batch), 1, Key(step), team);
        machine.Generative.ComputeLogits(sample, team);
        generativeForward = new("logits of p", () => machine.Generative.ComputeLogits(sample, team));
        generativeJudgement = new("log p and log q", () =>
        {
            machine.Generative.AccumulateLogProbability(sample, logs, team);
            machine.Recognition.AccumulateLogProbability(sample, logs, team);
        });
        generativeBackward = new("gradient of log p", () => machine.Generative.AccumulateGradient(sample, weights, team));
        RecognitionNetwork recognition = machine.Recognition;
        lowestShare = NetworkEvaluations.ShareOfLayer(machine.Shape, 0);
        lowestForward = new("logits of q's lowest layer, and a draw", () => Draw(0, 1));
        lowestBackward = new("gradient of q's lowest layer", () => Learn(0, 1));
        int layers = recognition.Layers.Count;
        aboveForward = layers > 1 ? new("logits of q's layers above, and draws", () => Draw(1, layers)) : null;
        aboveBackward = layers > 1 ? new("gradient of q's layers above", () => Learn(1, layers)) : null;
        Matrix[] values = [.. machine.LayerSizes.Select(units => new Matrix(batch, units))];
        LayerPass[] layerPasses = [.. machine.Generative.Layers.Select(layer => layer.CreatePass())];
        foreach (Matrix matrix in values) matrix.Flat.Fill(0.4f);
        Matrix residuals = new(0, 0), gradient = new(0, 0);
        relaxedLowest = new("relaxed p's lowest layer, forward and backward", () => Relax(0, 1));
        relaxedAbove = layers > 1 ? new("relaxed p's layers above, forward and backward", () => Relax(1, layers)) : null;
        Matrix[] ownWeights = [.. machine.LayerSizes.Skip(1).Select(units => new Matrix(units, ownWidth))];
        float[] ownBiases = new float[ownWidth];
        relaxedOwn = new("own networks of relaxed latents, forward and backward", () =>
        {
            for (int l = 0; l < layers; l++)
            {
                DenseAffine.Compute(values[l + 1], ownWeights[l], ownBiases, residuals, team);
                HyperbolicTangent.Compute(residuals.Flat, residuals.Flat);
                DenseBackward.Compute(residuals, ownWeights[l], gradient, team);
            }
        });
        relaxedOwnShare = ownWeights.Sum(w => (double)w.Rows * w.Columns) / NetworkEvaluations.RecognitionWeights(machine.Shape);
        Optimizer adam = Optimizer.Create(
            OptimizerKind.Adam, [.. machine.Recognition.Layers.Select(layer => new Parameter("own", layer.ParentUnits, layer.Units))]);
        ownUpdate = new("Adam's update of as many weights as q has", () => adam.Apply(1e-4, 0.9, team));

        void Draw(int first, int end)
        {
            for (int l = first; l < end; l++) recognition.Sample(sample, l, Key(step++) with { Layer = l + 1 }, team);
        }

        void Relax(int first, int end)
        {
            for (int l = first; l < end; l++)
            {
                machine.Generative.Layers[l].ComputeRelaxedLogits(values[l + 1], layerPasses[l], team);
                machine.Generative.Layers[l].ComputeResiduals(sample.Bits(l), layerPasses[l], residuals, team);
                machine.Generative.Layers[l].ComputeParentErrors(layerPasses[l], residuals, gradient, team);
            }
        }

        void Learn(int first, int end)
        {
            for (int l = first; l < end; l++)
                recognition.Layers[l].AccumulateGradient(sample.Bits(l + 1), sample.Recognition(l), weights, team);
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<CpuTimedAction> Contenders =>
        [.. new[] { generativeForward, generativeJudgement, generativeBackward, lowestForward, lowestBackward, aboveForward, aboveBackward,
            relaxedLowest, relaxedAbove, relaxedOwn, ownUpdate }.OfType<CpuTimedAction>()];

    /// <summary>What an estimator's count stands for, in steps of a contender that was measured in the same rounds.</summary>
    /// <remarks>Plain ascent is a part of the gradients of p and q. Networks of the estimator's own learn by Adam, whatever the machine learns
    /// by: their update is a part of their passes too. Lowest layers and the networks of relaxed latents are timed on their own, because a
    /// weight costs less in a large layer, and with the few bits of a picture less than with those of latents.</remarks>
    /// <param name="measured">What the passes and the step take.</param>
    /// <param name="step">The contender.</param>
    /// <param name="count">How many passes there are.</param>
    /// <param name="judged">Activities to an example of which log-probabilities are read.</param>
    /// <param name="shares">Where λ learns: q's lowest layer, which sees the example or the dream itself, is computed once for each, whatever
    /// K.</param>
    public double Over(
        Measurements measured, IContender step, NetworkEvaluations count, double judged, RecognitionShares shares)
    {
        double asleep = shares.Sleep > 0 ? 1 : 0, awake = shares.Wake > 0 ? 1 : 0;
        return count.GenerativeForward * Cost(generativeForward)
            + judged * Cost(generativeJudgement)
            + count.GenerativeBackward * Cost(generativeBackward)
            + Layers(count.RecognitionForward, 1 + asleep, lowestForward, aboveForward)
            + Layers(count.RecognitionBackward, awake + asleep, lowestBackward, aboveBackward)
            + Layers(count.Relaxed / 2, count.RelaxedLowest / 2, relaxedLowest, relaxedAbove)
            + count.RelaxedOwn / 2 * Cost(relaxedOwn) / relaxedOwnShare
            + (count.RelaxedOwn > 0 ? relaxedOwnShare * Cost(ownUpdate) : 0)
            + count.Own / 2 * (Layers(1, 1, lowestForward, aboveForward) + Layers(1, 1, lowestBackward, aboveBackward)
                + Cost(ownUpdate));

        double Cost(CpuTimedAction pass) => measured.MedianRatio(pass, step);

        // In one layer all passes are the lowest layer's.
        double Layers(double passes, double ofLowest, CpuTimedAction lowest, CpuTimedAction? above) => above is null
            ? passes * Cost(lowest)
            : ofLowest * Cost(lowest) + (passes - lowestShare * ofLowest) / (1 - lowestShare) * Cost(above);
    }

    private static StreamKey Key(long step) => new(1, StreamPurpose.Wake, step);
}
