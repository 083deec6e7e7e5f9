using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>Writes a name into a narrow place: a little smaller where it does not fit, and where that does not help, its first
/// words and an ellipsis.</summary>
internal static class FittedName
{
    private const float Smallest = 10;

    /// <summary>Writes it.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="ui">Knows broken lines.</param>
    /// <param name="name">The name.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="baseline">Its baseline.</param>
    /// <param name="width">The most it may take.</param>
    /// <param name="style">As it looks where there is room.</param>
    public static void Draw(Canvas canvas, Ui ui, string name, float x, float baseline, float width, TextStyle style)
    {
        while (style.Size > Smallest && canvas.Measure(name, style.Size, style.Weight) > width) style = style with { Size = style.Size - 1 };
        if (canvas.Measure(name, style.Size, style.Weight) <= width)
        {
            canvas.Text(name, x, baseline, style);
            return;
        }

        float room = width - canvas.Measure("…", style.Size, style.Weight);
        float end = x + canvas.Text(ui.Paragraphs.Lines(canvas, name, room, style.Size, style.Weight)[0], x, baseline, style);
        canvas.Text("…", end, baseline, style);
    }
}
