using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The chip on the axis that says how samples are shown.</summary>
public static class CaptionChip
{
    private static readonly Box Middle = new(StageMetrics.Axis, 66, 0, 26);

    /// <summary>Draws the chip around a text.</summary>
    public static void Draw(Canvas canvas, ReadOnlySpan<char> text)
    {
        float half = canvas.Measure(text, 13, FontWeight.Regular) / 2 + 14;
        Box box = Middle with { X = Middle.X - half, Width = 2 * half };
        canvas.Fill(box, 13, Rgba.Mix(Palette.Ground, Palette.Control, 0.5f));
        canvas.Stroke(box, 13, 1, Palette.ControlActive);
        canvas.Text(text, StageMetrics.Axis, 83.5f, new(13, FontWeight.Regular, Palette.Text), TextAlign.Center);
    }
}
