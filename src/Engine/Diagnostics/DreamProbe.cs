using DreamViz.Engine.Models;

namespace DreamViz.Engine.Diagnostics;

/// <summary>What a user holds a unit at.</summary>
public enum Clamp : byte
{
    /// <summary>Drawn by the network.</summary>
    Free,

    /// <summary>Held at 1.</summary>
    On,

    /// <summary>Held at 0.</summary>
    Off,
}

/// <summary>Dreams with frozen noise: every unit keeps its uniform draw u and is on where u &lt; p, so that a clamp, or a
/// training step, changes only what it causes. Clamping while dreaming top-down is do(): ancestors keep their draw.</summary>
public sealed class DreamProbe
{
    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    /// <param name="dreams">N, how many dreams are drawn at once.</param>
    /// <param name="noiseSeed">Names the frozen noise.</param>
    public DreamProbe(IReadOnlyList<int> layerSizes, int dreams, ulong noiseSeed) => throw new NotImplementedException();

    /// <summary>Draws the N dreams. [layer][unit] clamps, the visible layer's ignored when null.</summary>
    public void Draw(HelmholtzMachine machine, IReadOnlyList<Clamp[]> clamps) => throw new NotImplementedException();

    /// <summary>The bits of one layer of dream n, [units]. Valid until the next draw.</summary>
    public ReadOnlySpan<byte> Bits(int dream, int layer) => throw new NotImplementedException();

    /// <summary>The probabilities from which they were drawn, [units].</summary>
    public ReadOnlySpan<float> Probabilities(int dream, int layer) => throw new NotImplementedException();
}
