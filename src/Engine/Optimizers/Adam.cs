using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Optimizers;

/// <summary>
/// Adam, ascending: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ + rate · m̂ / (√v̂ + ε), m̂ = m/(1 − β₁ᵗ),
/// v̂ = v/(1 − β₂ᵗ), β₂ = 0.999, ε = 10⁻⁸.
/// </summary>
/// <remarks>Where β₁ changes in mid-run the correction takes the present one for all t.
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.</remarks>
public sealed unsafe class Adam(IReadOnlyList<Parameter> parameters) : Optimizer(parameters)
{
    private const float SecondDecay = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly Matrix[] firstMoments = CreateState(parameters);
    private readonly Matrix[] secondMoments = CreateState(parameters);

    /// <inheritdoc/>
    public override IEnumerable<NamedMatrix> State =>
        Named("first-moment", firstMoments).Concat(Named("second-moment", secondMoments));

    /// <inheritdoc/>
    protected override void Apply(int index, float rate, float decay, WorkerTeam team)
    {
        Parameter parameter = Parameters[index];
        fixed (float* value = &parameter.Value.Origin, gradient = &parameter.Gradient.Origin)
        fixed (float* m = &firstMoments[index].Origin, v = &secondMoments[index].Origin)
        {
            float firstCorrection = (float)(rate / (1 - Math.Pow(decay, Updates)));
            float secondCorrection = (float)(1 / (1 - Math.Pow(SecondDecay, Updates)));
            Update update = new(value, gradient, m, v, decay, firstCorrection, secondCorrection);
            UpdateWork<Update>.Run(update, parameter, team);
        }
    }

    private readonly struct Update(
        float* value, float* gradient, float* firstMoment, float* secondMoment, float decay, float firstCorrection,
        float secondCorrection) : IUpdate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(nint offset)
        {
            Vector512<float> g = Vector512.LoadAligned(gradient + offset);
            Vector512<float> m = Vector512.LoadAligned(firstMoment + offset) * decay + g * (1 - decay);
            Vector512<float> v = Vector512.LoadAligned(secondMoment + offset) * SecondDecay + g * g * (1 - SecondDecay);
            m.StoreAligned(firstMoment + offset);
            v.StoreAligned(secondMoment + offset);
            Vector512<float> root = Vector512.Sqrt(v * secondCorrection) + Vector512.Create(Epsilon);
            (Vector512.LoadAligned(value + offset) + m * firstCorrection / root).StoreAligned(value + offset);
        }
    }
}
