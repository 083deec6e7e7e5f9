using System.Numerics;
using System.Runtime.InteropServices;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Optimizers;

/// <summary>
/// Adam, ascending: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ + rate · m̂ / (√v̂ + ε), m̂ = m/(1 − β₁ᵗ),
/// v̂ = v/(1 − β₂ᵗ), β₂ = 0.999, ε = 10⁻⁸.
/// </summary>
/// <remarks>Where β₁ changes in mid-run the correction takes the present one for all t.
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.</remarks>
public sealed class Adam(IReadOnlyList<Parameter> parameters) : Optimizer(parameters)
{
    private const float SecondDecay = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly Matrix[] firstMoments = CreateState(parameters);
    private readonly Matrix[] secondMoments = CreateState(parameters);

    /// <inheritdoc/>
    public override IEnumerable<NamedMatrix> State =>
        Named("first-moment", firstMoments).Concat(Named("second-moment", secondMoments));

    /// <inheritdoc/>
    /// <remarks>Rows are padded to whole vectors, so none is left over.</remarks>
    protected override void Apply(int index, Span<float> value, ReadOnlySpan<float> gradient, float rate, float decay)
    {
        var scale = new Vector<float>((float)(rate / (1 - Math.Pow(decay, Updates))));
        var secondCorrection = new Vector<float>((float)(1 / (1 - Math.Pow(SecondDecay, Updates))));
        var epsilon = new Vector<float>(Epsilon);
        Span<Vector<float>> theta = MemoryMarshal.Cast<float, Vector<float>>(value);
        Span<Vector<float>> m = MemoryMarshal.Cast<float, Vector<float>>(firstMoments[index].Flat);
        Span<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(secondMoments[index].Flat);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        for (int i = 0; i < theta.Length; i++)
        {
            m[i] = m[i] * decay + g[i] * (1 - decay);
            v[i] = v[i] * SecondDecay + g[i] * g[i] * (1 - SecondDecay);
            theta[i] += scale * m[i] / (Vector.SquareRoot(v[i] * secondCorrection) + epsilon);
        }
    }
}
