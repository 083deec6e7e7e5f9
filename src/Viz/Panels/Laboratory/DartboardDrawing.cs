using System.Numerics;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>A dartboard: the exact gradient is the cross in the middle, each answer a dot, their mean a diamond. Bias is an
/// offset of the diamond, noise the spread of the dots; dots beyond the last ring stand on its rim.</summary>
internal static class DartboardDrawing
{
    /// <summary>The radius of the last ring, in design pixels.</summary>
    public const float Radius = 76;

    private const int Rings = 3;
    private const float Arm = 12;
    private const float ShownOffset = 7;

    /// <summary>Draws one.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="center">Where the exact gradient stands.</param>
    /// <param name="board">Answers and mean; null before there are any.</param>
    /// <param name="unit">The distance of two rings, in lengths of the exact gradient.</param>
    public static void Draw(Canvas canvas, Vector2 center, Dartboard? board, double unit)
    {
        for (int ring = 1; ring <= Rings; ring++) canvas.Ring(center, Radius * ring / Rings, 1, Palette.Rule);
        canvas.Rule(center.X - Radius, center.Y, 2 * Radius, 1, Palette.Rule.Fade(0.7f));
        canvas.Rule(center.X, center.Y - Radius, 1, 2 * Radius, Palette.Rule.Fade(0.7f));
        if (board is null)
        {
            Cross(canvas, center);
            return;
        }

        float scale = (float)(Radius / (Rings * unit));
        foreach (Vector2 answer in board.Answers) canvas.Disc(center + OnBoard(answer * scale), 1.6f, Palette.Answer.Fade(0.55f));
        Cross(canvas, center);
        Vector2 mean = OnBoard(board.Mean * scale);
        if (mean.Length() > ShownOffset) canvas.Line([center, center + mean], 1.5f, Palette.Estimate);
        Diamond(canvas, center + mean, 5);
    }

    /// <summary>The exact gradient.</summary>
    public static void Cross(Canvas canvas, Vector2 center, float arm = Arm)
    {
        canvas.Line([center - new Vector2(arm, 0), center + new Vector2(arm, 0)], 2, Palette.Focus);
        canvas.Line([center - new Vector2(0, arm), center + new Vector2(0, arm)], 2, Palette.Focus);
    }

    /// <summary>The mean.</summary>
    public static void Diamond(Canvas canvas, Vector2 center, float half)
    {
        Span<Vector2> points = [new(0, -1), new(1, 0), new(0, 1), new(-1, 0)];
        Draw(points, half + 1.5f, Palette.Ground);
        Draw(points, half, Palette.Estimate);

        void Draw(ReadOnlySpan<Vector2> corners, float size, Rgba color)
        {
            Span<Vector2> placed = stackalloc Vector2[corners.Length];
            for (int i = 0; i < corners.Length; i++) placed[i] = center + corners[i] * size;
            canvas.Polygon(placed, color);
        }
    }

    /// <summary>Up is up; no farther than the rim.</summary>
    private static Vector2 OnBoard(Vector2 offset)
    {
        Vector2 placed = new(offset.X, -offset.Y);
        float length = placed.Length();
        return length <= Radius ? placed : placed * ((Radius + 2) / length);
    }
}
