using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>ζ = σ((η + n)/τ), n logistic noise, ∂ζ/∂η = ζ(1 − ζ)/τ: towards τ = 0 it is the draw [η + n &gt; 0].</summary>
/// <param name="noise">[B, units] n of every latent layer, the lowest first.</param>
/// <remarks>Source: Maddison, Mnih and Teh, "The Concrete distribution", 2017.</remarks>
internal sealed class BinaryConcrete(IReadOnlyList<Matrix> noise) : IRelaxation
{
    /// <summary>τ.</summary>
    public double Temperature { get; set; } = 1;

    /// <inheritdoc/>
    public void Relax(int layer, Matrix logits, Matrix? siblings, Matrix values, Matrix slopes, WorkerTeam team)
    {
        if (siblings is null) SoftBits.Compute(logits, noise[layer - 1], Temperature, values, slopes, team);
        else OrderedSoftBits.Compute(logits, siblings, noise[layer - 1], Temperature, values, slopes, team);
    }
}
