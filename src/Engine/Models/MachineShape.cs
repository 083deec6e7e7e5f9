namespace DreamViz.Engine.Models;

/// <summary>All that a machine is before it has parameters.</summary>
/// <param name="LayerSizes">[D, H₁, …, H_L], units of every stochastic layer, the visible one first.</param>
/// <param name="Settings">What its layers are made of.</param>
public sealed record MachineShape(IReadOnlyList<int> LayerSizes, ModelSettings Settings)
{
    /// <summary>L, stochastic layers above the visible one.</summary>
    public int LatentLayers => LayerSizes.Count - 1;

    /// <summary>The shape that settings give to a machine for D visible units.</summary>
    /// <exception cref="InvalidInputException">The settings are out of range.</exception>
    public static MachineShape Of(ModelSettings settings, int visibleUnits) =>
        new(ModelSettingsCheck.LayerSizes(settings, visibleUnits), settings);

    /// <summary>C, classes of the label among the top layer's units; 0 where there is none.</summary>
    public int Classes => Settings.Classes;

    /// <summary>G, real-valued units beside the top layer's bits; 0 where there are none.</summary>
    public int GaussianUnits => Settings.GaussianLatents;

    /// <summary>Such as 784-200-200.</summary>
    public override string ToString() => string.Join('-', LayerSizes);
}
