using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>What every estimator of a laboratory is given: parameters that stay as they are, and one batch to explain.</summary>
public sealed class FrozenRun
{
    /// <param name="machine">Its parameters are copied.</param>
    /// <param name="batch">[B, D] the examples whose gradient is estimated; copied.</param>
    /// <param name="training">What estimators with a state of their own warm up on.</param>
    /// <param name="settings">How the run learns; estimator and K are each trial's own.</param>
    /// <param name="seed">Names every random number.</param>
    /// <param name="labels">[B] the labels that come with the batch, −1 for none; null or empty where none does.</param>
    /// <exception cref="InvalidInputException">The batch is empty.</exception>
    public FrozenRun(
        HelmholtzMachine machine, BitMatrix batch, Examples training, TrainingSettings settings, ulong seed, IReadOnlyList<int>? labels = null)
    {
        if (batch.Rows == 0) throw new InvalidInputException("laboratory: expected a batch of at least one example, found none");
        Machine = machine.Clone();
        Batch.CopyFrom(batch);
        (Training, Settings, Seed) = (training, settings, seed);
        ParameterCount = Machine.Recognition.Parameters.Sum(p => p.Rows * p.Columns);
        LatentUnits = machine.LayerSizes.Skip(1).Sum();
        Labels = Shape.Classes == 0 ? [] : labels is { Count: > 0 } ? [.. labels] : [.. Enumerable.Repeat(-1, batch.Rows)];
    }

    /// <summary>The copy; whoever draws gradients uses its gradients as scratch.</summary>
    public HelmholtzMachine Machine { get; }

    /// <summary>What the machine is.</summary>
    public MachineShape Shape => Machine.Shape;

    /// <summary>[B, D].</summary>
    public BitMatrix Batch { get; } = new(0, 0);

    /// <summary>[B] the labels given with the batch, −1 where none is; empty for a machine without a label.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>How often an example is explained, on average: once, or once with every label where its own is summed out.</summary>
    public double RowsPerExample => Shape.Classes == 0 || Settings.LabelInference == LabelInference.Sampled
        ? 1
        : Labels.Average(label => label < 0 ? Shape.Classes : 1);

    /// <summary>What estimators with a state of their own warm up on.</summary>
    public Examples Training { get; }

    /// <summary>How the run learns.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>Names every random number.</summary>
    public ulong Seed { get; }

    /// <summary>P, numbers in λ.</summary>
    public int ParameterCount { get; }

    /// <summary>H, units of all latent layers together.</summary>
    public int LatentUnits { get; }
}
