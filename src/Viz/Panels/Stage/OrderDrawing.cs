using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>In an autoregressive layer, stitches from each unit to the one that is drawn after it, below it in its column, and an
/// arrow under each column. Nothing where units are independent given their parents.</summary>
internal static class OrderDrawing
{
    private const float Width = 2;
    private const float Reach = 0.16f;
    private const float Arrow = 3.5f;

    /// <summary>Draws them over the cells of one half.</summary>
    public static void Draw(Canvas canvas, HalfView half, StageLayout layout)
    {
        for (int layer = 1; layer <= layout.Depth; layer++)
        {
            if (half.Connections.Siblings(layer) is null) continue;
            Rgba color = Palette.Text.Fade(0.75f * half.Shine * half.LayerLight(layer));
            LayerPlace place = layout.Place(half.Side, layer);
            for (int unit = 0; unit < place.Units; unit++) DrawStitch(canvas, place, unit, color);
        }
    }

    private static void DrawStitch(Canvas canvas, LayerPlace place, int unit, Rgba color)
    {
        Box cell = place.CellBox(unit);
        bool goesOn = unit + 1 < place.Units && place.CellBox(unit + 1).Y > cell.Y;
        if (goesOn)
        {
            float from = cell.Bottom - Reach * cell.Height, to = place.CellBox(unit + 1).Y + Reach * cell.Height;
            canvas.Fill(new(cell.Center.X - Width / 2, from, Width, to - from), 1, color);
            return;
        }

        Vector2 tip = new(cell.Center.X, cell.Bottom + 2 + Arrow);
        canvas.Line([tip + new Vector2(-Arrow, -Arrow), tip, tip + new Vector2(Arrow, -Arrow)], 1.5f, color);
    }
}
