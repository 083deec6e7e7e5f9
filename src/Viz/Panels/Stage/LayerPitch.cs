namespace DreamViz.Viz.Panels.Stage;

/// <summary>How large the cells of a layer are, in design pixels.</summary>
/// <param name="Pitch">From one cell to the next.</param>
/// <param name="Cell">The side of a cell.</param>
/// <param name="Rows">Cells to a column.</param>
public readonly record struct LayerPitch(float Pitch, float Cell, int Rows)
{
    private const int SingleColumn = 12;

    private static readonly (int Units, float Pitch)[] Table = [(48, 22), (100, 16), (200, 13), (400, 9), (1000, 6)];

    /// <summary>Columns that n units fill.</summary>
    public int Columns(int units) => (units + Rows - 1) / Rows;

    /// <summary>The width of n units.</summary>
    public float Width(int units) => Columns(units) * Pitch;

    /// <summary>The size for a layer with room enough: few units large in one column that fills the height, many units small.</summary>
    public static LayerPitch For(int units)
    {
        if (units <= SingleColumn)
        {
            float pitch = MathF.Floor(StageMetrics.Picture / units);
            return new(pitch, MathF.Min(32, pitch - 2), units);
        }

        foreach ((int most, float pitch) in Table)
            if (units <= most)
                return Of(pitch);
        return Of(5);
    }

    /// <summary>The next smaller size, or the same where there is none.</summary>
    public LayerPitch Smaller()
    {
        foreach ((_, float pitch) in Table)
            if (pitch < MathF.Floor(Pitch))
                return Of(pitch);
        return Pitch > 2 ? Of(MathF.Floor(Pitch) - 1) : this;
    }

    private static LayerPitch Of(float pitch) =>
        new(pitch, pitch > 9 ? pitch - 2 : pitch - MathF.Min(1, pitch / 4), (int)(StageMetrics.Picture / pitch));
}
