using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Controls;

/// <summary>Texts broken into lines that fit a width, kept until the scale changes.</summary>
public sealed class Paragraphs
{
    private readonly Dictionary<(string Text, float Width, float Size, FontWeight Weight), string[]> kept = [];
    private float scale;

    /// <summary>The lines of a text, broken at spaces, each at most this wide unless one word alone is wider.</summary>
    public IReadOnlyList<string> Lines(Canvas canvas, string text, float width, float size, FontWeight weight = FontWeight.Regular)
    {
        if (canvas.Scale != scale || kept.Count > 256) kept.Clear();
        scale = canvas.Scale;
        if (!kept.TryGetValue((text, width, size, weight), out string[]? lines))
            kept[(text, width, size, weight)] = lines = [.. Break(canvas, text, width, size, weight)];
        return lines;
    }

    /// <summary>Writes the lines one below the other; returns their height in design pixels.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">The text.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="baseline">Baseline of the first line.</param>
    /// <param name="width">The most a line may take.</param>
    /// <param name="lineHeight">From one baseline to the next.</param>
    /// <param name="style">Size, weight and color.</param>
    public float Draw(Canvas canvas, string text, float x, float baseline, float width, float lineHeight, TextStyle style)
    {
        IReadOnlyList<string> lines = Lines(canvas, text, width, style.Size, style.Weight);
        for (int i = 0; i < lines.Count; i++) canvas.Text(lines[i], x, baseline + i * lineHeight, style);
        return lines.Count * lineHeight;
    }

    private static IEnumerable<string> Break(Canvas canvas, string text, float width, float size, FontWeight weight)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && canvas.Measure(longer, size, weight) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        if (line.Length > 0) yield return line;
    }
}
