using System.Numerics.Tensors;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Optimizers;

/// <summary>Gradient ascent with momentum: v ← μ·v + g, θ ← θ + rate · v. A steady gradient moves θ at rate/(1 − μ).</summary>
/// <remarks>Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.</remarks>
public sealed class Momentum(IReadOnlyList<Parameter> parameters) : Optimizer(parameters)
{
    private readonly Matrix[] velocities = CreateState(parameters);

    /// <inheritdoc/>
    public override IEnumerable<NamedMatrix> State => Named("velocity", velocities);

    /// <inheritdoc/>
    protected override void Apply(int index, Span<float> value, ReadOnlySpan<float> gradient, float rate, float decay)
    {
        Span<float> velocity = velocities[index].Flat;
        TensorPrimitives.MultiplyAdd(velocity, decay, gradient, velocity);
        TensorPrimitives.MultiplyAdd(velocity, rate, value, value);
    }
}
