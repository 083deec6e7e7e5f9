using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The units of all latent layers of a half.</summary>
public static class CellDrawing
{
    /// <summary>Draws every layer.</summary>
    public static void Draw(Canvas canvas, HalfView half, StageLayout layout)
    {
        for (int layer = 1; layer <= layout.Depth; layer++)
        {
            UnitDisplay units = half.Layers[layer];
            float light = half.Shine * half.LayerLight(layer);
            foreach (GridPart part in layout.Place(half.Side, layer).Parts)
                canvas.Cells(
                    part.Grid with { Shape = half.Shape, Opacity = light },
                    units.Fill.Slice(part.Start, part.Count),
                    units.Glow.Slice(part.Start, part.Count),
                    Marks(units, part, layout.IsLabel(layer, part.Start)));
        }
    }

    /// <summary>On a label's cell stands the name of its class: only a clamp, which stands around it, is marked there.</summary>
    private static ReadOnlySpan<CellMark> Marks(UnitDisplay units, GridPart part, bool isLabel)
    {
        Span<CellMark> marks = units.Marks.Slice(part.Start, part.Count);
        if (!isLabel) return marks;
        foreach (ref CellMark mark in marks) mark &= CellMark.ClampOn | CellMark.ClampOff;
        return marks;
    }
}
