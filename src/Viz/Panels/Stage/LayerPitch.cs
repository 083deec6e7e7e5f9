namespace DreamViz.Viz.Panels.Stage;

/// <summary>How large the cells of a layer are, in design pixels.</summary>
/// <param name="Nominal">The pitch that the table gives, around which rows are balanced.</param>
/// <param name="Pitch">From one cell to the next.</param>
/// <param name="Rows">Cells to a column.</param>
public readonly record struct LayerPitch(float Nominal, float Pitch, int Rows)
{
    private const int SingleColumn = 12;
    private const float LargestCell = 32;
    private const float LargestDial = 66;
    private const int MostDials = 16;
    private const float SmallestOutlined = 9;
    private const int EmptyCellWeight = 4;

    private static readonly (int Units, float Pitch)[] Table = [(48, 22), (100, 16), (200, 13), (400, 9), (1000, 6)];

    /// <summary>The side of a cell.</summary>
    public float Cell => MathF.Min(LargestCell, Pitch > SmallestOutlined ? Pitch - 2 : Pitch - MathF.Min(1, Pitch / 4));

    /// <summary>Columns that n units fill.</summary>
    public int Columns(int units) => (units + Rows - 1) / Rows;

    /// <summary>The width of n units; a single column is as narrow as its cells, however far apart they stand.</summary>
    public float Width(int units) => Columns(units) > 1 ? Columns(units) * Pitch : MathF.Min(Pitch, Cell + 2);

    /// <summary>The size for real-valued units: few with room for a number below each, many smaller and in columns.</summary>
    public static LayerPitch ForDials(int units)
    {
        int rows = Math.Clamp(units, 1, MostDials);
        float pitch = MathF.Min(LargestDial, MathF.Floor(StageMetrics.Picture / rows));
        return new(pitch, pitch, rows);
    }

    /// <summary>The size for a layer with room enough: few units large in one column that fills the height, many units small.</summary>
    public static LayerPitch For(int units)
    {
        if (units <= SingleColumn)
        {
            float pitch = MathF.Floor(StageMetrics.Picture / units);
            return new(pitch, pitch, units);
        }

        foreach ((int most, float pitch) in Table)
            if (units <= most)
                return Balanced(units, pitch);
        return Balanced(units, 5);
    }

    /// <summary>The next smaller size, or the same where there is none.</summary>
    public LayerPitch Smaller(int units)
    {
        foreach ((_, float pitch) in Table)
            if (pitch < MathF.Floor(Nominal))
                return Balanced(units, pitch);
        return Nominal > 2 ? Balanced(units, MathF.Floor(Nominal) - 1) : this;
    }

    /// <summary>Rows and pitch near the nominal one that leave the fewest cells of the last column empty and fill the
    /// height.</summary>
    private static LayerPitch Balanced(int units, float nominal)
    {
        int rows = (int)(StageMetrics.Picture / nominal);
        var best = new LayerPitch(nominal, nominal, rows);
        float least = float.PositiveInfinity;
        for (int candidate = Math.Max(1, rows * 4 / 5); candidate <= rows * 4 / 3; candidate++)
        {
            var size = new LayerPitch(nominal, MathF.Floor(StageMetrics.Picture / candidate), candidate);
            float empty = size.Columns(units) * candidate - units, gap = StageMetrics.Picture - size.Pitch * candidate;
            float cost = EmptyCellWeight * empty / units + MathF.Abs(size.Pitch - nominal) / nominal + gap / StageMetrics.Picture;
            if (size.Pitch < 1 || cost >= least) continue;
            (best, least) = (size, cost);
        }

        return best;
    }
}
