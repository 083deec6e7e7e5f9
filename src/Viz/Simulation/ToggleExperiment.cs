using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;

namespace DreamViz.Viz.Simulation;

/// <summary>What holding units does to dreams: the same dreams, drawn with the same frozen noise, once free and once with the
/// held units under do(). What differs was caused by the clamps, not by chance.</summary>
public sealed class ToggleExperiment
{
    /// <summary>Dreams drawn on each side.</summary>
    public const int Dreams = 32;

    private const double RedrawSeconds = 0.2;

    private readonly IReadOnlyList<int> layerSizes;
    private readonly DreamProbe free;
    private readonly DreamProbe held;
    private readonly Clamp[][] noClamps;
    private readonly float[] freeMean;
    private readonly float[] heldMean;
    private int modelVersion = -1;
    private int selectionVersion = -1;
    private double age;

    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    /// <param name="noiseSeed">Names the frozen noise.</param>
    /// <param name="gaussianUnits">G, real-valued units beside the deepest layer's bits.</param>
    public ToggleExperiment(IReadOnlyList<int> layerSizes, ulong noiseSeed, int gaussianUnits = 0)
    {
        this.layerSizes = layerSizes;
        free = new DreamProbe(layerSizes, Dreams, noiseSeed, gaussianUnits);
        held = new DreamProbe(layerSizes, Dreams, noiseSeed, gaussianUnits);
        noClamps = [.. layerSizes.Select(units => new Clamp[units])];
        (freeMean, heldMean) = (new float[layerSizes[0]], new float[layerSizes[0]]);
    }

    /// <summary>The dreams nobody touched.</summary>
    public DreamProbe Free => free;

    /// <summary>The dreams under the clamps.</summary>
    public DreamProbe Held => held;

    /// <summary>[D] mean of p(x | h₁) over the free dreams.</summary>
    public ReadOnlySpan<float> FreeMean => freeMean;

    /// <summary>[D] mean of p(x | h₁) over the dreams under the clamps.</summary>
    public ReadOnlySpan<float> HeldMean => heldMean;

    /// <summary>How many latent units of the first dream changed without being held themselves.</summary>
    public int FollowedUnits { get; private set; }

    /// <summary>Grows whenever the dreams were drawn anew; 0 before the first time.</summary>
    public int Version { get; private set; }

    /// <summary>Draws the dreams anew when a clamp changed (at once) or when the network did (a few times a second).</summary>
    /// <param name="machine">The newest copy of the network.</param>
    /// <param name="version">Which copy it is.</param>
    /// <param name="selection">The held units.</param>
    /// <param name="seconds">Time since the last call.</param>
    public void Update(HelmholtzMachine machine, int version, Selection selection, double seconds)
    {
        age += seconds;
        bool newModel = version != modelVersion && age >= RedrawSeconds, newClamps = selection.Version != selectionVersion;
        if (selection.HeldUnits == 0 || Version > 0 && !newModel && !newClamps) return;
        if (version != modelVersion) DrawFree(machine, version);
        selectionVersion = selection.Version;
        held.Draw(machine, selection.Clamps, selection.HeldValues);
        held.MeanProbabilities(0, heldMean);
        FollowedUnits = CountFollowed(selection);
        Version++;
    }

    /// <summary>Whether a unit of the first dream changed without being held itself.</summary>
    public bool Followed(Selection selection, UnitId unit) =>
        selection[unit] == Clamp.Free && free.Bits(0, unit.Layer)[unit.Index] != held.Bits(0, unit.Layer)[unit.Index];

    private void DrawFree(HelmholtzMachine machine, int version)
    {
        (modelVersion, age) = (version, 0);
        free.Draw(machine, noClamps);
        free.MeanProbabilities(0, freeMean);
    }

    private int CountFollowed(Selection selection)
    {
        int followed = 0;
        for (int layer = 1; layer < layerSizes.Count; layer++)
            for (int unit = 0; unit < layerSizes[layer]; unit++)
                if (Followed(selection, new(layer, unit)))
                    followed++;
        return followed;
    }
}
