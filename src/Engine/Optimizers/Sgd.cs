using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Optimizers;

/// <summary>Stochastic gradient ascent: θ ← θ + rate · g.</summary>
public sealed unsafe class Sgd(IReadOnlyList<Parameter> parameters) : Optimizer(parameters)
{
    /// <inheritdoc/>
    public override void Begin(double rate)
    {
        for (int i = 0; i < Parameters.Count; i++) Parameters[i].AscentRate = (float)rate;
    }

    /// <inheritdoc/>
    protected override void Apply(int index, float rate, float decay, WorkerTeam team)
    {
        Parameter parameter = Parameters[index];
        parameter.AscentRate = 0;
        Matrix accumulated = parameter.OpenGradient(out bool empty);
        if (empty) return;
        fixed (float* value = &parameter.Value.Origin, gradient = &accumulated.Origin)
            UpdateWork<Update>.Run(new Update(value, gradient, rate), parameter, team);
    }

    private readonly struct Update(float* value, float* gradient, float rate) : IUpdate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(nint offset)
        {
            Vector512<float> g = Vector512.LoadAligned(gradient + offset);
            (Vector512.LoadAligned(value + offset) + g * rate).StoreAligned(value + offset);
        }
    }
}
