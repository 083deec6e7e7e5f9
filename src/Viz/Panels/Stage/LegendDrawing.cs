using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What fill, dot, glow and bars mean at speed: the picture never lies without saying how.</summary>
public static class LegendDrawing
{
    private const float Baseline = 108;
    private const float Middle = 104;
    private const float IconRoom = 34;
    private const float Spacing = 20;
    private const float SmallestDotted = 10;

    private static TextStyle Style => new(11, FontWeight.Regular, Palette.SecondaryText);

    /// <summary>Draws the row below the caption.</summary>
    public static void Draw(Canvas canvas, StageLayout layout, int samples, bool profile)
    {
        string top = layout.Classes > 0 ? "y" : LayerNames.Of(layout.Depth);
        Span<char> text = stackalloc char[120];
        if (profile || layout.ShowsNodes)
        {
            int all;
            if (profile) text.TryWrite($"fill: mean · dot: newest sample · glow: flip rate · bars: mean of {top}, units sorted by p", out all);
            else text.TryWrite($"inside a unit: what it draws · dashed: turns off · dot: newest sample · glow: flip rate", out all);
            canvas.Text(text[..all], StageMetrics.Axis, Baseline, Style, TextAlign.Center);
            return;
        }

        bool dots = layout.Place(World.Wake, 1).Cell >= SmallestDotted;
        text.TryWrite($"fill: mean of {samples}", out int length);
        float width = IconRoom + canvas.Measure(text[..length], 11, FontWeight.Regular);
        if (dots) width += Spacing + IconRoom + canvas.Measure("dot: newest sample", 11, FontWeight.Regular);
        float x = StageMetrics.Axis - 14 - width;
        DrawFill(canvas, x);
        x += IconRoom + canvas.Text(text[..length], x + IconRoom, Baseline, Style) + Spacing;
        if (dots)
        {
            DrawDot(canvas, x);
            canvas.Text("dot: newest sample", x + IconRoom, Baseline, Style);
        }

        x = StageMetrics.Axis + 16;
        DrawGlow(canvas, x);
        x += IconRoom + 4 + canvas.Text("glow: flip rate", x + IconRoom + 4, Baseline, Style) + Spacing;
        canvas.Fill(new(x, Middle - 3, 14, 6), 0, Palette.Wake);
        canvas.Fill(new(x + 17, Middle - 3, 14, 6), 0, Palette.Dream);
        text.TryWrite($"bars: mean of {top}", out length);
        canvas.Text(text[..length], x + 38, Baseline, Style);
    }

    private static void DrawFill(Canvas canvas, float x)
    {
        Square(canvas, x, Rgba.Mix(Palette.OffCell, Palette.Wake, 0.75f), Palette.Wake);
        Round(canvas, x + 15, Rgba.Mix(Palette.OffCell, Palette.Dream, 0.75f), Palette.Dream);
    }

    private static void DrawDot(Canvas canvas, float x)
    {
        Square(canvas, x, Palette.OffCell, Palette.TertiaryText);
        canvas.Fill(new(x + 4, Middle - 1.5f, 3, 3), 0, Palette.WakeDot);
        Round(canvas, x + 15, Palette.OffCell, Palette.OffOutline);
        canvas.Disc(new(x + 20.5f, Middle), 1.6f, Palette.DreamDot);
    }

    private static void DrawGlow(Canvas canvas, float x)
    {
        canvas.Glow(new(x + 5.5f, Middle), 16, Palette.Wake);
        canvas.Glow(new(x + 20.5f, Middle), 16, Palette.Dream);
        Square(canvas, x, Palette.OffCell, Palette.OffCell);
        Round(canvas, x + 15, Palette.OffCell, Palette.OffCell);
    }

    private static void Square(Canvas canvas, float x, Rgba fill, Rgba outline)
    {
        var box = new Box(x, Middle - 5.5f, 11, 11);
        canvas.Fill(box, 2, fill);
        canvas.Stroke(box, 2, 1, outline);
    }

    private static void Round(Canvas canvas, float x, Rgba fill, Rgba outline)
    {
        var center = new Vector2(x + 5.5f, Middle);
        canvas.Disc(center, 5.5f, fill);
        canvas.Ring(center, 5.5f, 1, outline);
    }
}
