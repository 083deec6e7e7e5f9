using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>What a <see cref="ControlNetwork"/> has computed at a point.</summary>
internal sealed class ControlPass
{
    /// <summary>[rows, width] t = tanh(b + Wᵀζ).</summary>
    public Matrix Hidden { get; } = new(0, 0);

    /// <summary>[rows, width] t′ = 1 − t².</summary>
    public Matrix Bends { get; } = new(0, 0);
}
