using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>ζ = σ(η), ∂ζ/∂η = σ(η)(1 − σ(η)): every unit at its mean, given the means of all before it.</summary>
internal sealed class MeanField : IRelaxation
{
    /// <inheritdoc/>
    public void Relax(int layer, Matrix logits, Matrix? siblings, Matrix values, Matrix slopes, WorkerTeam team)
    {
        if (siblings is null) SoftBits.Compute(logits, null, temperature: 1, values, slopes, team);
        else OrderedSoftBits.Compute(logits, siblings, null, temperature: 1, values, slopes, team);
    }

    /// <inheritdoc/>
    /// <remarks>softmax(a).</remarks>
    public double RelaxLabel(int layer, int row, ReadOnlySpan<float> logits, Span<float> values)
    {
        LabeledLayer.Softmax(logits, values);
        return 1;
    }
}
