using DreamViz.Engine.Data;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels;

/// <summary>Documents as words: the most probable ones below each other, each on a bar as long as its value, or in one line.
/// </summary>
internal sealed class WordList
{
    private const float Inset = 6;
    private const float WidestColumn = 170;

    private readonly WordRanking ranking = new();

    /// <summary>Whether the examples are documents that are no pictures either.</summary>
    public static bool Suits(Dataset data) => data.Vocabulary is not null && data.Height == 1;

    /// <summary>The shape of the field of all words, for the places at which connections end: as square as can be.</summary>
    public static (int Width, int Height) Shape(Dataset data)
    {
        if (!Suits(data)) return (data.Width, data.Height);
        int width = (int)Math.Ceiling(Math.Sqrt(data.Units));
        return (width, (data.Units + width - 1) / width);
    }

    /// <summary>Draws the words of largest value that a box has room for, in one column or more.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="box">Where to.</param>
    /// <param name="vocabulary">[V] the words.</param>
    /// <param name="values">[V] 0 to 1.</param>
    /// <param name="accent">The color of the bars.</param>
    /// <param name="size">Of the type, in design pixels.</param>
    public void Draw(Canvas canvas, Box box, IReadOnlyList<string> vocabulary, ReadOnlySpan<float> values, Rgba accent, float size)
    {
        float line = MathF.Round(size * 1.45f);
        int rows = Math.Max(1, (int)((box.Height - Inset) / line)), columns = Math.Max(1, (int)MathF.Round(box.Width / WidestColumn));
        ReadOnlySpan<int> words = ranking.Choose(values, rows * columns);
        float width = (box.Width - Inset) / columns - Inset, most = words.Length > 0 ? values[words[0]] : 1;
        for (int i = 0; i < words.Length; i++)
        {
            var row = new Box(box.X + Inset + i / rows * (width + Inset), box.Y + Inset + i % rows * line, width, line - 2);
            DrawBar(canvas, row, vocabulary[words[i]], values[words[i]] / most, accent, size);
        }
    }

    /// <summary>Draws the words of largest value in one line, as many as it has room for.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="x">The left end.</param>
    /// <param name="right">The right end.</param>
    /// <param name="baseline">The line.</param>
    /// <param name="vocabulary">[V] the words.</param>
    /// <param name="values">[V] 0 to 1.</param>
    /// <param name="color">Of the first word; later ones fade.</param>
    /// <param name="size">Of the type, in design pixels.</param>
    public void DrawLine(
        Canvas canvas, float x, float right, float baseline, IReadOnlyList<string> vocabulary, ReadOnlySpan<float> values, Rgba color, float size)
    {
        const int Most = 12;
        foreach (int word in ranking.Choose(values, Most))
        {
            if (x + canvas.Measure(vocabulary[word], size, FontWeight.Regular) > right) return;
            x += canvas.Text(vocabulary[word], x, baseline, new(size, FontWeight.Regular, color)) + size * 0.6f;
            color = color.Fade(0.93f);
        }
    }

    /// <summary>Draws the words of largest and of smallest value, those above, these below.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="box">Where to.</param>
    /// <param name="vocabulary">[V] the words.</param>
    /// <param name="values">[V] differences or pushes, of either sign.</param>
    /// <param name="size">Of the type, in design pixels.</param>
    /// <param name="raised">How many of the rows are for the largest.</param>
    public void DrawSigned(Canvas canvas, Box box, IReadOnlyList<string> vocabulary, ReadOnlySpan<float> values, float size, int raised)
    {
        float line = MathF.Round(size * 1.45f), largest = 1e-6f;
        int rows = (int)((box.Height - Inset) / line);
        foreach (float value in values) largest = MathF.Max(largest, MathF.Abs(value));
        var row = new Box(box.X + Inset, box.Y + Inset, box.Width - 2 * Inset, line - 2);
        foreach (int word in ranking.Choose(values, Math.Min(rows, raised)))
        {
            DrawBar(canvas, row, vocabulary[word], values[word] / largest, Palette.Plus, size);
            row = row with { Y = row.Y + line };
        }

        row = row with { Y = box.Y + Inset + raised * line };
        if (rows <= raised) return;
        foreach (int word in ranking.Choose(values, rows - raised, sign: -1))
        {
            DrawBar(canvas, row, vocabulary[word], -values[word] / largest, Palette.Minus, size);
            row = row with { Y = row.Y + line };
        }
    }

    private static void DrawBar(Canvas canvas, Box row, string word, float share, Rgba accent, float size)
    {
        canvas.Fill(row with { Width = MathF.Max(2, row.Width * share) }, 2, accent.Fade(0.12f + 0.3f * share));
        canvas.PushClip(row);
        canvas.Text(word, row.X + 4, row.Y + row.Height / 2 + size * 0.35f, new(size, FontWeight.Regular, Palette.Text));
        canvas.PopClip();
    }
}
