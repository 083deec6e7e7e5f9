using System.Numerics.Tensors;
using DreamViz.Engine.Models;

namespace DreamViz.Engine.Optimizers;

/// <summary>Stochastic gradient ascent: θ ← θ + rate · g.</summary>
public sealed class Sgd(IReadOnlyList<Parameter> parameters) : Optimizer(parameters)
{
    /// <inheritdoc/>
    protected override void Apply(int index, Span<float> value, ReadOnlySpan<float> gradient, float rate, float decay) =>
        TensorPrimitives.MultiplyAdd(gradient, rate, value, value);
}
