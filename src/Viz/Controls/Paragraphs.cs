using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Controls;

/// <summary>Texts broken into lines that fit a width, kept until the scale changes.</summary>
public sealed class Paragraphs
{
    private readonly Dictionary<(string Text, float Width, float Size, FontWeight Weight), string[]> kept = [];
    private float scale;

    /// <summary>The lines of a text, broken at spaces, and inside words that are wider than a line.</summary>
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

    private static List<string> Break(Canvas canvas, string text, float width, float size, FontWeight weight)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && !Fits(longer))
            {
                lines.Add(line);
                longer = word;
            }

            while (Take(longer) is var fitting && fitting < longer.Length)
            {
                lines.Add(longer[..fitting]);
                longer = longer[fitting..];
            }

            line = longer;
        }

        if (line.Length > 0) lines.Add(line);
        return lines;

        bool Fits(ReadOnlySpan<char> part) => canvas.Measure(part, size, weight) <= width;

        int Take(string word)
        {
            int fitting = word.Length;
            while (fitting > 1 && !Fits(word.AsSpan(0, fitting))) fitting--;
            return fitting;
        }
    }
}
