using System.Globalization;
using DreamViz.Engine.Models;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What sets the units of a label apart: a frame around their column, the name of its class on each, and in the wake world
/// a ring around the label that came with the picture.</summary>
internal static class LabelCells
{
    private const float LargestText = 14;
    private const float TextShare = 0.58f;

    private static readonly string[] Names =
        [.. Enumerable.Range(0, ModelSettings.MaximumClasses).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    private static readonly string[] Actions = [.. Names.Select(name => $"click: draw a {name}")];

    /// <summary>What a click on a free label does.</summary>
    public static string DrawAction(int label) => Actions[label];

    /// <summary>Draws them over the cells of one half.</summary>
    public static void Draw(Canvas canvas, HalfView half, StageLayout layout)
    {
        if (layout.Classes == 0) return;
        LayerPlace place = layout.Place(half.Side, layout.Depth);
        UnitDisplay units = half.Layers[layout.Depth];
        float light = half.Shine * half.LayerLight(layout.Depth);
        Box first = place.CellBox(0), last = place.CellBox(layout.Classes - 1);
        Box frame = new(MathF.Min(first.X, last.X), first.Y, MathF.Abs(last.X - first.X) + first.Width, ColumnBottom(place, layout.Classes) - first.Y);
        canvas.Stroke(frame.Grow(4), 7, 1, half.Accent.Fade(0.55f * light));
        int known = half.IsDream ? -1 : half.World?.Label ?? -1;
        if (known >= 0) canvas.Stroke(place.CellBox(known).Grow(2), 5, 1.5f, Palette.Text.Fade(light));
        for (int label = 0; label < layout.Classes; label++) DrawName(canvas, place.CellBox(label), label, units.Fill[label] / 255f, light);
    }

    private static float ColumnBottom(LayerPlace place, int classes)
    {
        float bottom = 0;
        for (int label = 0; label < classes; label++) bottom = MathF.Max(bottom, place.CellBox(label).Bottom);
        return bottom;
    }

    private static void DrawName(Canvas canvas, Box cell, int label, float fill, float light)
    {
        float size = MathF.Min(LargestText, cell.Height * TextShare);
        Rgba color = Rgba.Mix(Rgba.Mix(Palette.SecondaryText, Palette.Text, 2 * fill), Palette.Ground, 6 * fill - 3).Fade(light);
        canvas.Text(Names[label], cell.Center.X, cell.Center.Y + size * 0.36f, new(size, FontWeight.Semibold, color), TextAlign.Center);
    }
}
