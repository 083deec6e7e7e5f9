using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Optimizers;

/// <summary>Gradient ascent with momentum: v ← μ·v + g, θ ← θ + rate · v. A steady gradient moves θ at rate/(1 − μ).</summary>
/// <remarks>Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.</remarks>
public sealed unsafe class Momentum(IReadOnlyList<Parameter> parameters) : Optimizer(parameters)
{
    private readonly Matrix[] velocities = CreateState(parameters);

    /// <inheritdoc/>
    public override IEnumerable<NamedMatrix> State => Named("velocity", velocities);

    /// <inheritdoc/>
    protected override void Apply(int index, float rate, float decay, WorkerTeam team)
    {
        Parameter parameter = Parameters[index];
        fixed (float* value = &parameter.Value.Origin, gradient = &parameter.Gradient.Origin)
        fixed (float* velocity = &velocities[index].Origin)
            UpdateWork<Update>.Run(new Update(value, gradient, velocity, rate, decay), parameter, team);
    }

    private readonly struct Update(float* value, float* gradient, float* velocity, float rate, float decay) : IUpdate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(nint offset)
        {
            Vector512<float> v =
                Vector512.LoadAligned(velocity + offset) * decay + Vector512.LoadAligned(gradient + offset);
            v.StoreAligned(velocity + offset);
            (Vector512.LoadAligned(value + offset) + v * rate).StoreAligned(value + offset);
        }
    }
}
