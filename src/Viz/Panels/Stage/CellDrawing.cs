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
                    units.Marks.Slice(part.Start, part.Count));
        }
    }
}
