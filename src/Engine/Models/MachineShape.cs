namespace DreamViz.Engine.Models;

/// <summary>All that a machine is before it has parameters.</summary>
/// <param name="LayerSizes">[D, H₁, …, H_L], units of every stochastic layer, the visible one first.</param>
/// <param name="Settings">What its layers are made of.</param>
public sealed record MachineShape(IReadOnlyList<int> LayerSizes, ModelSettings Settings)
{
    /// <summary>L, stochastic layers above the visible one.</summary>
    public int LatentLayers => LayerSizes.Count - 1;

    /// <summary>Such as 784-200-200.</summary>
    public override string ToString() => string.Join('-', LayerSizes);
}
