using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>A batch of complete activities, the bits of every layer, with both networks' logits for them. Reused from step
/// to step, so that a steady step allocates nothing.</summary>
public sealed class MachineSample
{
    private readonly BitMatrix[] bits;
    private readonly LayerPass[] generative;
    private readonly LayerPass[] recognition;
    private readonly BitMatrix sharedExamples = new(0, 0);
    private readonly BitMatrix noParents = new(0, 0);

    /// <param name="machine">Whose layers it is for.</param>
    public MachineSample(HelmholtzMachine machine)
    {
        (LayerSizes, Classes) = (machine.LayerSizes, machine.Shape.Classes);
        bits = [.. LayerSizes.Select(units => new BitMatrix(0, units))];
        generative = [.. machine.Generative.Layers.Select(layer => layer.CreatePass())];
        recognition = [.. machine.Recognition.Layers.Select(layer => layer.CreatePass())];
        if (machine.Recognition.Gaussian is not { } gaussian) return;
        Gaussian = new GaussianSample(gaussian);
        generative[^2].GaussianParents = Gaussian.Values;
    }

    /// <summary>Units of every layer, the visible one first.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>C, classes of the label among the top layer's units; 0 where there is none.</summary>
    public int Classes { get; }

    /// <summary>B·K, activities in the batch.</summary>
    public int Rows => bits[0].Rows;

    /// <summary>K, activities that share one visible example: row b·K + k belongs to example b.</summary>
    public int SamplesPerExample { get; private set; } = 1;

    /// <summary>[B, D] the visible examples, each once.</summary>
    public BitMatrix Examples => SamplesPerExample == 1 ? bits[0] : sharedExamples;

    /// <summary>[B·K, units] the bits of one layer, 0 the visible one.</summary>
    public BitMatrix Bits(int layer) => bits[layer];

    /// <summary>The real-valued units beside the top layer's bits; null where there are none.</summary>
    public GaussianSample? Gaussian { get; }

    /// <summary>The generative network's pass for layer l given layer l + 1; for the top layer, the prior's.</summary>
    public LayerPass Generative(int layer) => generative[layer];

    /// <summary>The recognition network's pass number l, for layer l + 1 given layer l.</summary>
    public LayerPass Recognition(int index) => recognition[index];

    /// <summary>[B] the labels given with the examples, −1 where none is known; empty where none is.</summary>
    public ReadOnlySpan<int> ObservedLabels => recognition[^1].ObservedLabels;

    /// <summary>Gives labels with the examples, until others are given: recognition takes them as they are and explains the rest;
    /// log q and its gradient are those of the rest.</summary>
    /// <param name="labels">[B], −1 where none is known; empty where none is.</param>
    public void ObserveLabels(ReadOnlySpan<int> labels) => recognition[^1].Observe(labels);

    /// <summary>Makes room for rows that are still to be drawn, all bits zero.</summary>
    public void Begin(int rows)
    {
        SamplesPerExample = 1;
        noParents.Reshape(rows, 0);
        for (int l = 0; l < bits.Length; l++) bits[l].Reshape(rows, LayerSizes[l]);
        Gaussian?.Begin(rows);
    }

    /// <summary>Takes the examples [B, D], each K times, as visible bits and makes room for the latents, all zero.</summary>
    public void Begin(BitMatrix examples, int samplesPerExample)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplesPerExample);
        ArgumentOutOfRangeException.ThrowIfNotEqual(examples.Columns, LayerSizes[0], nameof(examples));
        Begin(checked(examples.Rows * samplesPerExample));
        SamplesPerExample = samplesPerExample;
        if (samplesPerExample > 1) sharedExamples.CopyFrom(examples);
        RowGroups.Repeat(examples, samplesPerExample, bits[0]);
    }

    /// <summary>Where layers that learn from this batch meet.</summary>
    internal DeltaRule DeltaRule { get; } = new();

    /// <summary>The bits that the generative conditional of this layer depends on; no columns above the top.</summary>
    internal BitMatrix ParentBits(int layer) => layer + 1 < bits.Length ? bits[layer + 1] : noParents;
}
