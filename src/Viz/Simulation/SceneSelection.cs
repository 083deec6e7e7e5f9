using DreamViz.Engine.Diagnostics;

namespace DreamViz.Viz.Simulation;

/// <summary>A unit of one layer: 0 is the visible layer.</summary>
public readonly record struct UnitReference(int Layer, int Unit);

/// <summary>What the user holds every unit at. For display only: the network learns as if nobody touched it.</summary>
public sealed class SceneSelection
{
    private Clamp[][] clamps = [];

    /// <summary>[layer][unit] the clamps, visible layer first. Read only; change them through the methods.</summary>
    public IReadOnlyList<Clamp[]> Clamps => clamps;

    /// <summary>How many units are held.</summary>
    public int Count { get; private set; }

    /// <summary>Grows with every change.</summary>
    public int Version { get; private set; }

    /// <summary>What the unit is held at; free when there is no such unit.</summary>
    public Clamp this[UnitReference unit] => Contains(unit) ? clamps[unit.Layer][unit.Unit] : Clamp.Free;

    /// <summary>Forgets all clamps and takes a network's shape.</summary>
    /// <param name="layerSizes">Units of every layer, visible first.</param>
    public void Reshape(IReadOnlyList<int> layerSizes)
    {
        clamps = [.. layerSizes.Select(units => new Clamp[units])];
        Count = 0;
        Version++;
    }

    /// <summary>Holds or frees one unit. Units that do not exist are ignored.</summary>
    public void Set(UnitReference unit, Clamp clamp)
    {
        if (!Contains(unit)) return;
        ref Clamp held = ref clamps[unit.Layer][unit.Unit];
        if (held == clamp) return;
        Count += (clamp == Clamp.Free ? 0 : 1) - (held == Clamp.Free ? 0 : 1);
        held = clamp;
        Version++;
    }

    /// <summary>Free becomes on, on becomes off, off becomes free.</summary>
    public void Cycle(UnitReference unit) => Set(unit, this[unit] switch
    {
        Clamp.Free => Clamp.On,
        Clamp.On => Clamp.Off,
        _ => Clamp.Free,
    });

    /// <summary>Frees every unit.</summary>
    public void ReleaseAll()
    {
        if (Count == 0) return;
        foreach (Clamp[] layer in clamps) Array.Clear(layer);
        Count = 0;
        Version++;
    }

    private bool Contains(UnitReference unit) =>
        (uint)unit.Layer < (uint)clamps.Length && (uint)unit.Unit < (uint)clamps[unit.Layer].Length;
}
