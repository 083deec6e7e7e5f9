using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>A run of neighbouring units that stand in one grid.</summary>
/// <param name="Grid">Their grid, in design pixels.</param>
/// <param name="Start">The first unit.</param>
/// <param name="Count">How many units.</param>
public readonly record struct GridPart(CellGrid Grid, int Start, int Count);

/// <summary>Where one layer stands in one world, in design pixels.</summary>
public sealed class LayerPlace
{
    private readonly GridPart[] parts;

    /// <param name="world">The half it stands in.</param>
    /// <param name="left">The left edge of its columns.</param>
    /// <param name="right">The right edge of its columns.</param>
    /// <param name="parts">Its grids, in the order of their units.</param>
    public LayerPlace(World world, float left, float right, params GridPart[] parts)
    {
        (World, Left, Right, this.parts) = (world, left, right, parts);
        Units = parts.Sum(part => part.Count);
    }

    /// <summary>The half it stands in.</summary>
    public World World { get; }

    /// <summary>The left edge of its columns.</summary>
    public float Left { get; }

    /// <summary>The right edge of its columns.</summary>
    public float Right { get; }

    /// <summary>The middle between its edges.</summary>
    public float Center => (Left + Right) / 2;

    /// <summary>How many units.</summary>
    public int Units { get; }

    /// <summary>Its grids: one, two staggered columns where units are drawn as nodes, or that of a label and that of the units
    /// beside it.</summary>
    public ReadOnlySpan<GridPart> Parts => parts;

    /// <summary>The side of a cell.</summary>
    public float Cell => parts[0].Grid.Cell;

    /// <summary>The box of one unit's cell.</summary>
    public Box CellBox(int unit)
    {
        GridPart part = PartOf(unit);
        return part.Grid.CellBox(unit - part.Start, part.Count);
    }

    private GridPart PartOf(int unit)
    {
        foreach (GridPart part in parts)
            if (unit < part.Start + part.Count)
                return part;
        throw new ArgumentOutOfRangeException(nameof(unit));
    }

    /// <summary>The unit whose cell, or narrow gap beside it, holds a point, or −1.</summary>
    public int HitTest(float x, float y)
    {
        foreach (GridPart part in parts)
        {
            int unit = part.Grid.HitTest(x, y, part.Count);
            if (unit >= 0 && part.Grid.CellBox(unit, part.Count).Grow(3).Contains(x, y)) return part.Start + unit;
        }

        return -1;
    }

    /// <summary>Where a curve to this unit ends: at the layer's edge, at the unit's height.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="inwards">Whether the curve comes from the seam's side, else from the picture's.</param>
    public Vector2 Port(int unit, bool inwards)
    {
        bool right = inwards == (World == World.Wake);
        Box cell = CellBox(unit);
        GridPart part = PartOf(unit);
        if (part.Count <= part.Grid.Rows) return new(right ? cell.Right : cell.X, cell.Center.Y);
        float inset = (part.Grid.Pitch - part.Grid.Cell) / 2;
        return new(right ? Right - inset : Left + inset, cell.Center.Y);
    }
}
