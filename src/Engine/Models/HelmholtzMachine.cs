using System.Numerics.Tensors;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>A generative network θ and a recognition network λ over the same stochastic layers.</summary>
public sealed class HelmholtzMachine
{
    /// <summary>A machine with fresh parameters.</summary>
    /// <param name="means">[D] the share of training examples in which each visible unit is on; read where the settings
    /// leave the visible bias to the data.</param>
    /// <param name="settings">Shape and start.</param>
    /// <param name="visibleUnits">D.</param>
    /// <param name="seed">Names the initial weights.</param>
    /// <exception cref="InvalidInputException">The settings are out of range or do not fit the data.</exception>
    public HelmholtzMachine(ReadOnlySpan<double> means, ModelSettings settings, int visibleUnits, ulong seed)
        : this(MachineShape.Of(settings, visibleUnits)) =>
        Initialization.Apply(this, means, seed);

    private HelmholtzMachine(MachineShape shape)
    {
        Shape = shape;
        Generative = new GenerativeNetwork(shape);
        Recognition = new RecognitionNetwork(shape);
        Parameters = [.. Generative.Parameters, .. Recognition.Parameters];
    }

    /// <summary>What it was made from.</summary>
    public MachineShape Shape { get; }

    /// <summary>Units of every stochastic layer, the visible one first: [D, H₁, …, H_L].</summary>
    public IReadOnlyList<int> LayerSizes => Shape.LayerSizes;

    /// <summary>The settings that the machine was made from.</summary>
    public ModelSettings Settings => Shape.Settings;

    /// <summary>p(x, z | θ).</summary>
    public GenerativeNetwork Generative { get; }

    /// <summary>q(z | x, λ).</summary>
    public RecognitionNetwork Recognition { get; }

    /// <summary>θ, then λ, in a fixed order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The weights into and out of the real-valued units; their start is random.</summary>
    internal IEnumerable<Parameter> GaussianWeights => Recognition.Gaussian is { } gaussian
        ? [Generative.Layers[^2].GaussianWeights!, .. gaussian.Weights]
        : [];

    /// <summary>An independent copy of all parameters.</summary>
    public HelmholtzMachine Clone()
    {
        var copy = new HelmholtzMachine(Shape);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Overwrites all parameters with those of a machine of the same shape and, where it is fixed, the same prior.</summary>
    /// <exception cref="ArgumentException">The machines differ in that.</exception>
    public void CopyFrom(HelmholtzMachine other)
    {
        CheckSameShape(other);
        for (int i = 0; i < Parameters.Count; i++) Parameters[i].CopyFrom(other.Parameters[i]);
    }

    /// <summary>
    /// For display: the strength with which unit j of layer <paramref name="layer"/> + 1 pushes unit i of
    /// <paramref name="layer"/> in the generative network (a logit; with deterministic hidden layers in between, the change
    /// of unit i's logit when j alone turns on, the others at one half). [H_{layer+1}, H_layer], overwritten.
    /// </summary>
    public void GenerativePushes(int layer, Matrix destination) =>
        Generative.Layers[layer].ComputePushes(destination);

    /// <summary>
    /// For display: the strength with which unit j of <paramref name="layer"/> pushes unit i of layer + 1 in the recognition
    /// network. [H_layer, H_{layer+1}], overwritten.
    /// </summary>
    public void RecognitionPushes(int layer, Matrix destination) =>
        Recognition.Layers[layer].ComputePushes(destination);

    /// <summary>Sets to zero every negative generative weight into the visible units, if the settings want that.</summary>
    internal void ApplyConstraints()
    {
        if (!Settings.NonNegativeVisibleWeights || Generative.Layers[0].OutputWeights is not { } parameter) return;
        Span<float> weights = parameter.Value.Flat;
        TensorPrimitives.Max(weights, 0f, weights);
    }

    private void CheckSameShape(HelmholtzMachine other)
    {
        bool same = Settings.FixedPrior == other.Settings.FixedPrior && Parameters.Count == other.Parameters.Count;
        for (int i = 0; same && i < Parameters.Count; i++) same = Parameters[i].HasShapeOf(other.Parameters[i]);
        if (!same) throw new ArgumentException("The machines differ in shape or fixed prior.", nameof(other));
    }
}
