using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
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
    private readonly CpuTimedAction recognitionForward;
    private readonly CpuTimedAction recognitionBackward;
    private readonly CpuTimedAction relaxed;
    private readonly CpuTimedAction ownUpdate;

    /// <param name="trainer">Whose machine; it has not begun.</param>
    /// <param name="data">Examples.</param>
    /// <param name="batch">B.</param>
    public NetworkPasses(Trainer trainer, Dataset data, int batch)
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
        recognitionForward = new("logits of q, and a draw", () =>
        {
            machine.Recognition.ComputeLogits(sample, team);
            machine.Recognition.Layers[0].Sample(sample.Recognition(0), Key(step++), sample.Bits(1), team);
        });
        Matrix[] values = [.. machine.LayerSizes.Select(units => new Matrix(batch, units))];
        LayerPass[] layerPasses = [.. machine.Generative.Layers.Select(layer => layer.CreatePass())];
        foreach (Matrix matrix in values) matrix.Flat.Fill(0.4f);
        Matrix residuals = new(0, 0), gradient = new(0, 0);
        relaxed = new("relaxed p, forward and backward", () =>
        {
            for (int l = 0; l < values.Length - 1; l++)
            {
                machine.Generative.Layers[l].ComputeRelaxedLogits(values[l + 1], layerPasses[l], team);
                machine.Generative.Layers[l].ComputeResiduals(sample.Bits(l), layerPasses[l], residuals, team);
                machine.Generative.Layers[l].ComputeParentErrors(layerPasses[l], residuals, gradient, team);
            }
        });
        Optimizer adam = Optimizer.Create(
            OptimizerKind.Adam, [.. machine.Recognition.Layers.Select(layer => new Parameter("own", layer.ParentUnits, layer.Units))]);
        ownUpdate = new("Adam's update of as many weights as q has", () => adam.Apply(1e-4, 0.9, team));
        recognitionBackward = new("gradient of log q", () => machine.Recognition.AccumulateGradient(sample, weights, team));
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<CpuTimedAction> Contenders =>
        [generativeForward, generativeJudgement, generativeBackward, recognitionForward, recognitionBackward, relaxed, ownUpdate];

    /// <summary>What an estimator's count stands for, in steps of a contender that was measured in the same rounds.</summary>
    /// <remarks>Plain ascent is a part of the gradients of p and q. Networks of the estimator's own learn by Adam, whatever the machine learns
    /// by: their update is a part of their passes too.</remarks>
    /// <param name="measured">What the passes and the step take.</param>
    /// <param name="step">The contender.</param>
    /// <param name="count">How many passes there are.</param>
    /// <param name="judged">Activities to an example of which log-probabilities are read.</param>
    public double Over(Measurements measured, IContender step, NetworkEvaluations count, double judged)
    {
        return count.GenerativeForward * Cost(generativeForward)
            + judged * Cost(generativeJudgement)
            + count.GenerativeBackward * Cost(generativeBackward)
            + count.RecognitionForward * Cost(recognitionForward)
            + count.RecognitionBackward * Cost(recognitionBackward)
            + count.Relaxed / 2 * Cost(relaxed)
            + count.Own / 2 * (Cost(recognitionForward) + Cost(recognitionBackward) + Cost(ownUpdate));

        double Cost(CpuTimedAction pass) => measured.MedianRatio(pass, step);
    }

    private static StreamKey Key(long step) => new(1, StreamPurpose.Wake, step);
}
