using System.Globalization;
using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>
/// One glyph as a line of text: the character, its advance, then its centre lines in hundredths of an em, y upwards:
/// <c>M x y</c> begins a line at a point, <c>N</c> begins one that takes its first point from what follows, <c>L x y</c>,
/// <c>Q bx by x y</c> and <c>C bx by cx cy x y</c> go on straight, along a quadratic or a cubic Bézier curve,
/// <c>E cx cy rx ry a0 a1</c> along a superellipse |x/rx|^2.3 + |y/ry|^2.3 = 1 from angle a0 to a1 in degrees, and
/// <c>D x y</c> is a dot.
/// </summary>
internal static class GlyphLine
{
    private const double SuperellipseExponent = 2.3;
    private const int CurveChords = 12;
    private const float DegreesPerChord = 6;

    /// <exception cref="FormatException">The line is malformed.</exception>
    public static StrokeGlyph Parse(string line)
    {
        var words = new Words(line);
        char character = words.Character();
        float advance = words.Number();
        var path = new Path();
        while (words.TryCommand(out char command)) Append(path, command, words);
        return new(character, advance, path.Lines());
    }

    private static void Append(Path path, char command, Words words)
    {
        switch (command)
        {
            case 'M':
                path.Begin();
                path.Add(words.Point());
                break;
            case 'N':
                path.Begin();
                break;
            case 'L':
                path.Add(words.Point());
                break;
            case 'Q':
                AppendQuadratic(path, words.Point(), words.Point());
                break;
            case 'C':
                AppendCubic(path, words.Point(), words.Point(), words.Point());
                break;
            case 'E':
                AppendArc(path, words.Point(), words.Point(), words.Number(), words.Number());
                break;
            case 'D':
                path.Begin();
                path.Add(words.Point());
                break;
            default:
                throw words.Malformed();
        }
    }

    private static void AppendQuadratic(Path path, Vector2 control, Vector2 end)
    {
        Vector2 start = path.Last;
        AppendCubic(path, start + (control - start) * (2 / 3f), end + (control - end) * (2 / 3f), end);
    }

    private static void AppendCubic(Path path, Vector2 control1, Vector2 control2, Vector2 end)
    {
        Vector2 start = path.Last;
        for (int i = 1; i <= CurveChords; i++) path.Add(Bezier.At(start, control1, control2, end, i / (float)CurveChords));
    }

    private static void AppendArc(Path path, Vector2 center, Vector2 radii, float from, float to)
    {
        int chords = (int)MathF.Ceiling(MathF.Abs(to - from) / DegreesPerChord);
        for (int i = 0; i <= chords; i++)
        {
            (double sine, double cosine) = Math.SinCos((from + (to - from) * i / chords) * Math.PI / 180);
            path.Add(center + radii * new Vector2(Superellipse(cosine), Superellipse(sine)));
        }
    }

    private static float Superellipse(double value) =>
        Math.Abs(value) < 1e-9 ? 0 : (float)Math.CopySign(Math.Pow(Math.Abs(value), 2 / SuperellipseExponent), value);

    private sealed class Path
    {
        private readonly List<List<Vector2>> lines = [];

        public Vector2 Last => lines is [.., [.., var last]] ? last : throw new FormatException("A curve begins nowhere.");

        public void Begin() => lines.Add([]);

        public void Add(Vector2 point)
        {
            if (lines.Count == 0) throw new FormatException("A line begins nowhere.");
            if (lines[^1] is not [.., var last] || Vector2.DistanceSquared(last, point) > 1e-4f) lines[^1].Add(point);
        }

        public Vector2[][] Lines() => [.. lines.Select(line => line.ToArray())];
    }

    private sealed class Words(string line)
    {
        private readonly string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        private int next;

        public char Character() => next < words.Length && words[next++] is [var character] ? character : throw Malformed();

        public float Number() =>
            next < words.Length && float.TryParse(words[next++], NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
                ? number
                : throw Malformed();

        public Vector2 Point() => new(Number(), Number());

        public bool TryCommand(out char command)
        {
            command = next < words.Length ? Character() : default;
            return command != default;
        }

        public FormatException Malformed() => new($"Malformed glyph: {line}");
    }
}
