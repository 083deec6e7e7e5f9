using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>Relaxed values of one layer, and how f moves with them.</summary>
internal sealed class RelaxedPoint
{
    /// <summary>[rows, units] ζ.</summary>
    public Matrix Values { get; } = new(0, 0);

    /// <summary>[rows, units] ∂ζ/∂η, η the layer's logits.</summary>
    public Matrix Slopes { get; } = new(0, 0);

    /// <summary>[rows, units] df/dζ · ∂ζ/∂η.</summary>
    public Matrix Paths { get; } = new(0, 0);

    /// <summary>What a network computed of ζ, where there is one.</summary>
    public ControlPass Control { get; } = new();
}
