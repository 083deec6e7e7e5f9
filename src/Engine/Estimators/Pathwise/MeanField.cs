using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>ζ = σ(η), ∂ζ/∂η = σ(η)(1 − σ(η)): every unit at its mean.</summary>
internal sealed class MeanField : IRelaxation
{
    /// <inheritdoc/>
    public void Relax(int layer, Matrix logits, Matrix values, Matrix slopes)
    {
        Sigmoid.Compute(logits.Flat, values.Flat);
        TensorPrimitives.Subtract(1f, values.Flat, slopes.Flat);
        TensorPrimitives.Multiply(slopes.Flat, values.Flat, slopes.Flat);
    }
}
