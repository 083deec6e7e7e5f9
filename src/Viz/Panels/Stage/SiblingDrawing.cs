using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>In an autoregressive layer, arcs to a unit from the six siblings before it that push it most: solid where they turn
/// it on, dashed where they turn it off, each with a ring at the sibling that is brighter while the sibling is on.</summary>
internal sealed class SiblingDrawing
{
    private const int Most = 6;
    private const int Chords = 20;
    private const float BulgePerRoot = 4.5f;

    private readonly EdgeChoice strongest = new(Most);

    /// <summary>Draws them over the cells; nothing where units are independent given their parents.</summary>
    public void Draw(Canvas canvas, HalfView half, StageLayout layout, int layer, int unit)
    {
        if (half.Connections.Siblings(layer) is not { } siblings) return;
        strongest.ChooseInto(siblings, unit);
        LayerPlace place = layout.Place(half.Side, layer);
        Box target = place.CellBox(unit);
        foreach (ref readonly Edge edge in strongest.Edges)
        {
            float strength = MathF.Abs(edge.Push) / strongest.Strongest;
            Rgba color = (edge.Push > 0 ? Palette.Plus : Palette.Minus).Fade(0.45f + 0.55f * strength);
            Box source = place.CellBox(edge.Source);
            float light = 0.5f + 0.5f * half.Layers[layer].Fill[edge.Source] / 255f;
            if (half.IsDream) canvas.Ring(source.Center, source.Width / 2 + 2, 1.5f, color.Fade(light));
            else canvas.Stroke(source.Grow(2), 4, 1.5f, color.Fade(light));
            DrawArc(canvas, source.Center, target.Center, BulgesRight(half), 1.2f + 1.4f * strength, color, edge.Push > 0 ? 0 : 3);
        }
    }

    /// <summary>Away from the parents, whose curves come from the other side.</summary>
    private static bool BulgesRight(HalfView half) => half.Side == World.Dream || !half.FlowsOutwards;

    private static void DrawArc(Canvas canvas, Vector2 from, Vector2 to, bool right, float width, Rgba color, float dash)
    {
        Vector2 way = to - from;
        float length = MathF.Max(1, way.Length());
        Vector2 side = new Vector2(way.Y, -way.X) / length;
        // Beside each other: over the top.
        bool flips = MathF.Abs(side.X) < 0.1f ? side.Y > 0 : side.X > 0 != right;
        Vector2 top = (from + to) / 2 + (flips ? -side : side) * BulgePerRoot * MathF.Sqrt(length);
        Span<Vector2> points = stackalloc Vector2[Chords + 1];
        for (int i = 0; i <= Chords; i++)
        {
            float t = i / (float)Chords, s = 1 - t;
            points[i] = s * s * from + 2 * s * t * top + t * t * to;
        }

        canvas.Line(points, width, color, dash);
    }
}
