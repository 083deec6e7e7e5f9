using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>How the logits η of latent units become real numbers ζ in [0, 1] that change smoothly with them.</summary>
internal interface IRelaxation
{
    /// <summary>Relaxes one layer.</summary>
    /// <param name="layer">Which, from 1.</param>
    /// <param name="logits">[B, units] η; where siblings push, of parents alone, and complete afterwards.</param>
    /// <param name="siblings">[units, units] what the value of a unit adds to the logits of those behind it; null where units are
    /// independent.</param>
    /// <param name="values">[B, units] ζ, overwritten.</param>
    /// <param name="slopes">[B, units] ∂ζ/∂η with everything else about ζ held, siblings too, overwritten.</param>
    /// <param name="team">Who computes.</param>
    void Relax(int layer, Matrix logits, Matrix? siblings, Matrix values, Matrix slopes, WorkerTeam team);

    /// <summary>Relaxes the label of one row; returns 1/τ, so that ∂ζ_c/∂a_k = ζ_c (1[c = k] − ζ_k)/τ.</summary>
    /// <param name="layer">Which layer, from 1.</param>
    /// <param name="row">Which row.</param>
    /// <param name="logits">[C] a.</param>
    /// <param name="values">[C] ζ, overwritten.</param>
    /// <exception cref="NotSupportedException">Only bits are relaxed.</exception>
    double RelaxLabel(int layer, int row, ReadOnlySpan<float> logits, Span<float> values) =>
        throw new NotSupportedException($"{GetType().Name} relaxes bits alone.");
}
