using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Controls;

/// <summary>How an explanation looks: a small card below its control, or above where there is no room.</summary>
internal static class TooltipLook
{
    private const float MaximumWidth = 280;
    private const float LineHeight = 17;

    public static void Draw(Canvas canvas, Paragraphs paragraphs, Box control, string text)
    {
        IReadOnlyList<string> lines = paragraphs.Lines(canvas, text, MaximumWidth, 12);
        float width = 0;
        foreach (string line in lines) width = MathF.Max(width, canvas.Measure(line, 12, FontWeight.Regular));
        float height = lines.Count * LineHeight + 11;
        float x = MathF.Max(8, MathF.Min(control.Center.X - width / 2 - 10, Canvas.DesignWidth - width - 28));
        float y = control.Bottom + 8;
        if (y + height > Canvas.DesignHeight - 8) y = control.Y - 8 - height;
        Card.Draw(canvas, new(x, y, width + 20, height));
        paragraphs.Draw(canvas, text, x + 10, y + 18, MaximumWidth, LineHeight, new(12, FontWeight.Regular, Palette.Text));
    }
}
