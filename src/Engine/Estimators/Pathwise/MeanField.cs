using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>ζ = σ(η), ∂ζ/∂η = σ(η)(1 − σ(η)): every unit at its mean.</summary>
internal sealed class MeanField : IRelaxation
{
    /// <inheritdoc/>
    public void Relax(int layer, Matrix logits, Matrix values, Matrix slopes) => Compute(logits, values, slopes);

    /// <summary>values = σ(η), slopes = σ(η)(1 − σ(η)), all of one shape; overwritten.</summary>
    public static void Compute(Matrix logits, Matrix values, Matrix slopes)
    {
        Sigmoid.Compute(logits.Flat, values.Flat);
        TensorPrimitives.Subtract(1f, values.Flat, slopes.Flat);
        TensorPrimitives.Multiply(slopes.Flat, values.Flat, slopes.Flat);
    }
}
