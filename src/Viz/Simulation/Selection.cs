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
    /// <summary>Real-valued units are held between this and minus this.</summary>
    public const float LargestValue = 3;

    private readonly Clamp[][] clamps;
    private readonly float[] held;
    private readonly int classes;

    /// <summary>Nothing hovered, nothing held.</summary>
    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    /// <param name="classes">How many of the deepest layer's first units are a label's: at most one of them is held on.</param>
    /// <param name="gaussianUnits">G, real-valued units beside the deepest layer's.</param>
    public Selection(IReadOnlyList<int> layerSizes, int classes = 0, int gaussianUnits = 0)
    {
        (clamps, this.classes, held) = ([.. layerSizes.Select(units => new Clamp[units])], classes, new float[gaussianUnits]);
        Array.Fill(held, float.NaN);
    }

    /// <summary>The unit under the pointer.</summary>
    public UnitId? Hovered { get; set; }

    /// <summary>The real-valued unit under the pointer.</summary>
    public int? HoveredGaussian { get; set; }

    /// <summary>[G] the values at which real-valued units are held, NaN for free ones.</summary>
    public ReadOnlySpan<float> HeldValues => held;

    /// <summary>[layer][unit] what each unit is held at.</summary>
    public IReadOnlyList<Clamp[]> Clamps => clamps;

    /// <summary>How many units are held, bits and others.</summary>
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
            if (IsLabel(unit) && value == Clamp.On) ReleaseLabel();
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

    /// <summary>Whether a real-valued unit is held.</summary>
    public bool IsHeld(int unit) => !float.IsNaN(held[unit]);

    /// <summary>Holds a real-valued unit at a value, or as near to it as it may be.</summary>
    public void Hold(int unit, float value)
    {
        value = Math.Clamp(value, -LargestValue, LargestValue);
        if (held[unit] == value) return;
        if (!IsHeld(unit)) HeldUnits++;
        held[unit] = value;
        Version++;
    }

    /// <summary>Frees a real-valued unit.</summary>
    public void Release(int unit)
    {
        if (!IsHeld(unit)) return;
        held[unit] = float.NaN;
        HeldUnits--;
        Version++;
    }

    /// <summary>Whether a unit is one of a label's.</summary>
    public bool IsLabel(UnitId unit) => unit.Layer == clamps.Length - 1 && unit.Index < classes;

    /// <summary>Moves one unit on: free → on → off → free; one of a label's free → on → free, the others free.</summary>
    public void Cycle(UnitId unit) => this[unit] = IsLabel(unit) && this[unit] == Clamp.On ? Clamp.Free : Next(this[unit]);

    private void ReleaseLabel()
    {
        for (int label = 0; label < classes; label++) this[new(clamps.Length - 1, label)] = Clamp.Free;
    }

    /// <summary>Frees every unit.</summary>
    public void ReleaseAll()
    {
        if (HeldUnits == 0) return;
        foreach (Clamp[] layer in clamps) Array.Clear(layer);
        Array.Fill(held, float.NaN);
        HeldUnits = 0;
        Version++;
    }
}
