using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The real-valued units as dials: the needle stands upright at 0, right of it for what is above and left for what is below,
/// and the disc is the brighter the further. In the wake world an arc around the dial is μ ± σ of recognition.</summary>
internal static class GaussianDrawing
{
    private const float Turn = 2.36f;
    private const float LeastNumbered = 46;
    private const int Chords = 20;

    /// <summary>Draws the units of one half.</summary>
    public static void Draw(Canvas canvas, HalfView half, StageLayout layout, Selection selection)
    {
        if (layout.GaussianPlace(half.Side) is not { } place) return;
        float before = canvas.Opacity;
        canvas.Opacity = before * half.Shine * half.LayerLight(layout.Depth);
        for (int unit = 0; unit < place.Units; unit++)
        {
            Box box = place.CellBox(unit);
            float value = half.Gaussian.Values[unit];
            DrawDial(canvas, box, value, half.Accent);
            if (half.World is not null && !half.IsDream)
                DrawArc(canvas, box.Center, box.Width / 2 + 3.5f, half.Gaussian.Means[unit] - half.Gaussian.Deviations[unit],
                    half.Gaussian.Means[unit] + half.Gaussian.Deviations[unit], 2, half.Accent.Fade(0.55f));
            bool isHeld = half.World is null && half.Side == World.Dream && selection.IsHeld(unit);
            if (isHeld) canvas.Ring(box.Center, box.Width / 2 + 3, 2, Palette.Focus);
            if (place.Parts[0].Grid.Pitch >= LeastNumbered) DrawNumber(canvas, box, value);
        }

        canvas.Opacity = before;
    }

    private static void DrawDial(Canvas canvas, Box box, float value, Rgba accent)
    {
        Vector2 center = box.Center, direction = Direction(value);
        float radius = box.Width / 2, far = MathF.Min(1, MathF.Abs(value) / Selection.LargestValue);
        canvas.Disc(center, radius, Rgba.Mix(Palette.OffCell, accent, 0.55f * far));
        canvas.Ring(center, radius, 1, Rgba.Mix(Palette.OffOutline, accent, far));
        canvas.Line([center - new Vector2(0, radius), center - new Vector2(0, radius - 3)], 1, Palette.SecondaryText.Fade(0.8f));
        DrawArc(canvas, center, radius - 3, 0, value, 3, accent);
        canvas.Line([center + direction * (radius * 0.2f), center + direction * (radius - 2)], 2, Palette.Text);
    }

    private static void DrawArc(Canvas canvas, Vector2 center, float radius, float from, float to, float width, Rgba color)
    {
        Span<Vector2> points = stackalloc Vector2[Chords + 1];
        for (int i = 0; i <= Chords; i++) points[i] = center + radius * Direction(from + (to - from) * i / Chords);
        canvas.Line(points, width, color);
    }

    private static void DrawNumber(Canvas canvas, Box box, float value)
    {
        Span<char> text = stackalloc char[12];
        text.TryWrite($"{value:+0.0;−0.0;0.0}", out int length);
        canvas.Text(text[..length], box.Center.X, box.Bottom + 13, new(11, FontWeight.Regular, Palette.SecondaryText), TextAlign.Center);
    }

    /// <summary>Up at 0, clockwise for what is above.</summary>
    private static Vector2 Direction(float value)
    {
        float angle = Turn * Math.Clamp(value / Selection.LargestValue, -1, 1);
        return new(MathF.Sin(angle), -MathF.Cos(angle));
    }
}
