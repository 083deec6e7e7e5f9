using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Controls;

/// <summary>The symbols of the interface.</summary>
public enum Icon
{
    /// <summary>An arrow that turns back: start again.</summary>
    Reset,

    /// <summary>A die: another seed.</summary>
    Die,

    /// <summary>A triangle against a bar: one step.</summary>
    StepForward,

    /// <summary>A triangle.</summary>
    Play,

    /// <summary>Two bars.</summary>
    Pause,

    /// <summary>The wake phase: a square with rays.</summary>
    Sun,

    /// <summary>The sleep phase: a crescent.</summary>
    Moon,

    /// <summary>A flask: the laboratory.</summary>
    Flask,

    /// <summary>A disc in a ring.</summary>
    Record,

    /// <summary>A window with a column at its left.</summary>
    Drawer,

    /// <summary>A question mark.</summary>
    Help,

    /// <summary>Opens downwards.</summary>
    Chevron,

    /// <summary>Points right.</summary>
    Arrow,

    /// <summary>A dot in a ring: good to know.</summary>
    Information,

    /// <summary>A cross in a ring: could not be done.</summary>
    Error,

    /// <summary>An exclamation mark in a triangle: done differently.</summary>
    Warning,

    /// <summary>A cross: close.</summary>
    Close,
}

/// <summary>Draws the symbols, as vectors so that they are sharp at any scale.</summary>
public static class Icons
{
    private static readonly Vector2[] Crescent = MakeCrescent();
    private static readonly Vector2[] Turn = [.. Arc(0.36f, -80, 190, 24)];
    private static readonly Vector2[] Right = [new(-0.28f, -0.36f), new(0.36f, 0), new(-0.28f, 0.36f)];
    private static readonly Vector2[] Triangle = [new(-0.36f, -0.4f), new(0.22f, 0), new(-0.36f, 0.4f)];
    private static readonly Vector2[] Flask =
        [new(-0.15f, -0.44f), new(-0.15f, -0.12f), new(-0.42f, 0.36f), new(-0.36f, 0.44f), new(0.36f, 0.44f), new(0.42f, 0.36f), new(0.15f, -0.12f), new(0.15f, -0.44f)];

    private static readonly Vector2[] Roof = [new(0, -0.46f), new(0.5f, 0.42f), new(-0.5f, 0.42f), new(0, -0.46f)];

    /// <summary>Draws a symbol.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="icon">Which one.</param>
    /// <param name="center">Its middle.</param>
    /// <param name="size">Side of the square it fills, in design pixels.</param>
    /// <param name="color">Its color; the disc of <see cref="Icon.Record"/> keeps its own.</param>
    public static void Draw(Canvas canvas, Icon icon, Vector2 center, float size, Rgba color)
    {
        var pen = new Pen(canvas, center, size, color);
        switch (icon)
        {
            case Icon.Reset: DrawReset(pen); break;
            case Icon.Die: DrawDie(pen); break;
            case Icon.StepForward:
                pen.Polygon(Triangle);
                pen.Bar(0.27f, -0.4f, 0.1f, 0.8f);
                break;
            case Icon.Play: pen.Polygon(Right); break;
            case Icon.Pause:
                pen.Bar(-0.29f, -0.36f, 0.2f, 0.72f);
                pen.Bar(0.09f, -0.36f, 0.2f, 0.72f);
                break;
            case Icon.Sun: DrawSun(pen); break;
            case Icon.Moon: pen.Polygon(Crescent); break;
            case Icon.Flask:
                pen.Line(1.5f, Flask);
                pen.Line(1.5f, new(-0.24f, -0.44f), new(0.24f, -0.44f));
                pen.Line(1.5f, new(-0.25f, 0.12f), new(0.25f, 0.12f));
                break;
            case Icon.Record:
                pen.Ring(0.4f, 1.5f);
                canvas.Disc(center, 0.2f * size, Palette.Alert);
                break;
            case Icon.Drawer:
                pen.Frame(0.4f, 0.34f, 0.1f);
                pen.Line(1.5f, new(-0.13f, -0.34f), new(-0.13f, 0.34f));
                break;
            case Icon.Help:
                canvas.Text("?", center.X, center.Y + 4.4f, new(14, FontWeight.Semibold, color), TextAlign.Center);
                break;
            case Icon.Chevron: pen.Line(1.5f, new(-0.4f, -0.2f), new(0, 0.2f), new(0.4f, -0.2f)); break;
            case Icon.Arrow:
                pen.Line(1.5f, new(-0.5f, 0), new(0.46f, 0));
                pen.Line(1.5f, new(0.18f, -0.28f), new(0.48f, 0), new(0.18f, 0.28f));
                break;
            case Icon.Information:
                pen.Ring(0.5f, 1.5f);
                pen.Dot(0.1f);
                break;
            case Icon.Error:
                pen.Ring(0.5f, 1.5f);
                pen.Cross(0.2f);
                break;
            case Icon.Warning:
                pen.Line(1.5f, Roof);
                pen.Line(1.5f, new(0, -0.14f), new(0, 0.12f));
                pen.Line(1.5f, new(0, 0.27f), new(0, 0.28f));
                break;
            case Icon.Close: pen.Cross(0.3f); break;
        }
    }

    private static void DrawReset(Pen pen)
    {
        pen.Line(1.5f, Turn);
        pen.Line(1.5f, new(0.06f, -0.36f), new(-0.3f, -0.36f));
        pen.Line(1.5f, new(-0.12f, -0.54f), new(-0.3f, -0.36f), new(-0.12f, -0.18f));
    }

    private static void DrawDie(Pen pen)
    {
        pen.Frame(0.37f, 0.37f, 0.15f);
        for (int corner = 0; corner < 4; corner++)
            pen.Dot(0.07f, new((corner & 1) * 0.32f - 0.16f, (corner >> 1) * 0.32f - 0.16f));
    }

    private static void DrawSun(Pen pen)
    {
        pen.Square(0.18f);
        for (int ray = 0; ray < 8; ray++)
        {
            (float sin, float cos) = MathF.SinCos(ray * MathF.PI / 4);
            float start = (ray & 1) == 0 ? 0.32f : 0.36f;
            pen.Line(1.5f, new(cos * start, sin * start), new(cos * (start + 0.15f), sin * (start + 0.15f)));
        }
    }

    private static IEnumerable<Vector2> Arc(float radius, float from, float to, int pieces)
    {
        for (int i = 0; i <= pieces; i++)
        {
            (float sin, float cos) = MathF.SinCos((from + (to - from) * i / pieces) * MathF.PI / 180);
            yield return new(radius * cos, radius * sin);
        }
    }

    /// <summary>A disc without the part that a second disc, up and to the right of it, covers.</summary>
    private static Vector2[] MakeCrescent()
    {
        Vector2 bite = new(0.28f, -0.24f);
        const float Outer = 0.46f, Inner = 0.34f;
        float distance = bite.Length();
        float along = (Outer * Outer - Inner * Inner + distance * distance) / (2 * distance);
        float opening = MathF.Acos(along / Outer), innerOpening = MathF.Acos((along - distance) / Inner);
        float toward = MathF.Atan2(bite.Y, bite.X);
        float degrees = 180 / MathF.PI;
        IEnumerable<Vector2> outside = Arc(Outer, (toward + opening) * degrees, (toward - opening) * degrees + 360, 28);
        IEnumerable<Vector2> inside = Arc(Inner, (toward - innerOpening) * degrees + 360, (toward + innerOpening) * degrees, 20);
        return [.. outside, .. inside.Select(p => p + bite)];
    }

    /// <summary>Draws in units of a symbol's size around its middle; widths are in design pixels.</summary>
    private readonly ref struct Pen(Canvas canvas, Vector2 center, float size, Rgba color)
    {
        private const int CornerPieces = 4;

        public void Line(float width, params ReadOnlySpan<Vector2> points)
        {
            Span<Vector2> placed = stackalloc Vector2[points.Length];
            for (int i = 0; i < points.Length; i++) placed[i] = center + points[i] * size;
            canvas.Line(placed, width, color);
        }

        public void Polygon(ReadOnlySpan<Vector2> points)
        {
            Span<Vector2> placed = stackalloc Vector2[points.Length];
            for (int i = 0; i < points.Length; i++) placed[i] = center + points[i] * size;
            canvas.Polygon(placed, color);
        }

        public void Bar(float x, float y, float width, float height) =>
            canvas.Fill(new(center.X + x * size, center.Y + y * size, width * size, height * size), 1, color);

        public void Square(float half) =>
            canvas.Fill(new(center.X - half * size, center.Y - half * size, 2 * half * size, 2 * half * size), 1, color);

        /// <summary>A rounded rectangle as a line, because a stroke would be snapped to two whole pixels.</summary>
        public void Frame(float halfWidth, float halfHeight, float radius)
        {
            Span<Vector2> points = stackalloc Vector2[4 * (CornerPieces + 1) + 1];
            for (int i = 0; i < points.Length - 1; i++)
            {
                int corner = i / (CornerPieces + 1), piece = i % (CornerPieces + 1);
                (float sin, float cos) = MathF.SinCos((corner + (float)piece / CornerPieces) * MathF.PI / 2);
                Vector2 middle = new(
                    (corner is 0 or 3 ? 1 : -1) * (halfWidth - radius), (corner is 0 or 1 ? 1 : -1) * (halfHeight - radius));
                points[i] = middle + radius * new Vector2(cos, sin);
            }

            points[^1] = points[0];
            Line(1.5f, points);
        }

        public void Ring(float radius, float width) => canvas.Ring(center, radius * size, width, color);

        public void Dot(float radius, Vector2 at = default) => canvas.Disc(center + at * size, radius * size, color);

        public void Cross(float half)
        {
            Line(1.5f, new(-half, -half), new(half, half));
            Line(1.5f, new(-half, half), new(half, -half));
        }
    }
}
