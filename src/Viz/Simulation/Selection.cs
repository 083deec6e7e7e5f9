using DreamViz.Engine.Diagnostics;

namespace DreamViz.Viz.Simulation;

/// <summary>One unit of the network: the same unit in both worlds.</summary>
/// <param name="Layer">0 the visible layer, then h₁, h₂ …</param>
/// <param name="Index">The unit in its layer.</param>
public readonly record struct UnitId(int Layer, int Index);

/// <summary>Which unit the pointer is on and which units the user holds. Clamps are for display only: they never reach the
/// training run.</summary>
public sealed class Selection
{
    private readonly Clamp[][] clamps;

    /// <summary>Nothing hovered, nothing held.</summary>
    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    public Selection(IReadOnlyList<int> layerSizes) => clamps = [.. layerSizes.Select(units => new Clamp[units])];

    /// <summary>The unit under the pointer.</summary>
    public UnitId? Hovered { get; set; }

    /// <summary>[layer][unit] what each unit is held at.</summary>
    public IReadOnlyList<Clamp[]> Clamps => clamps;

    /// <summary>How many units are held.</summary>
    public int HeldUnits { get; private set; }

    /// <summary>Grows by one whenever a clamp changes.</summary>
    public int Version { get; private set; }

    /// <summary>What one unit is held at.</summary>
    public Clamp this[UnitId unit]
    {
        get => clamps[unit.Layer][unit.Index];
        set
        {
            ref Clamp clamp = ref clamps[unit.Layer][unit.Index];
            if (clamp == value) return;
            HeldUnits += (value == Clamp.Free ? 0 : 1) - (clamp == Clamp.Free ? 0 : 1);
            clamp = value;
            Version++;
        }
    }

    /// <summary>Free → on → off → free.</summary>
    public static Clamp Next(Clamp clamp) => clamp switch
    {
        Clamp.Free => Clamp.On,
        Clamp.On => Clamp.Off,
        _ => Clamp.Free,
    };

    /// <summary>Moves one unit on: free → on → off → free.</summary>
    public void Cycle(UnitId unit) => this[unit] = Next(this[unit]);

    /// <summary>Frees every unit.</summary>
    public void ReleaseAll()
    {
        if (HeldUnits == 0) return;
        foreach (Clamp[] layer in clamps) Array.Clear(layer);
        HeldUnits = 0;
        Version++;
    }
}
