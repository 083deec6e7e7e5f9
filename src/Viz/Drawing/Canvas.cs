using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>Which end of a text stands at the given x.</summary>
public enum TextAlign
{
    /// <summary>The text begins at x.</summary>
    Left,

    /// <summary>x is the middle.</summary>
    Center,

    /// <summary>The text ends at x.</summary>
    Right,
}

/// <summary>Size in design pixels, weight and colour of a text.</summary>
public readonly record struct TextStyle(float Size, FontWeight Weight, Rgba Color);

/// <summary>
/// What panels draw on: design pixels of a 1280 × 720 layout in, physical pixels of a draw list out. Boxes of controls, tiles
/// and rules are snapped to whole physical pixels, text is laid out here with hinted glyphs, so every screen shows the same.
/// </summary>
public sealed class Canvas
{
    /// <summary>The design width.</summary>
    public const float DesignWidth = 1280;

    /// <summary>The design height.</summary>
    public const float DesignHeight = 720;

    private readonly GlyphCache glyphs;
    private (Vector2 Origin, float Scale) beforeView;

    /// <summary>A canvas that records into the list.</summary>
    public Canvas(DrawList list, GlyphCache glyphs)
    {
        List = list;
        this.glyphs = glyphs;
    }

    /// <summary>Where drawing is recorded, in physical pixels.</summary>
    public DrawList List { get; }

    /// <summary>Physical pixels to a design pixel.</summary>
    public float Scale { get; private set; } = 1;

    /// <summary>Where design pixel (0, 0) lies, in physical pixels.</summary>
    public Vector2 Origin { get; private set; }

    /// <summary>Opacity that multiplies everything drawn, 0 to 1.</summary>
    public float Opacity { get; set; } = 1;

    /// <summary>Begins a frame of this physical size: clears the list, chooses the largest scale at which the design fits,
    /// centres it, and fills the ground.</summary>
    public void Begin(int width, int height)
    {
        List.Clear();
        Opacity = 1;
        Scale = MathF.Max(0.25f, MathF.Min(width / DesignWidth, height / DesignHeight));
        Origin = new(MathF.Floor((width - DesignWidth * Scale) / 2), MathF.Floor((height - DesignHeight * Scale) / 2));
        List.Fill(new(0, 0, width, height), 0, Palette.Ground);
    }

    /// <summary>Shows what follows through a camera, until <see cref="EndView"/>: the point p appears at
    /// <paramref name="at"/> + p · <paramref name="zoom"/>.</summary>
    public void BeginView(Vector2 at, float zoom)
    {
        beforeView = (Origin, Scale);
        (Origin, Scale) = (ToPhysical(at), Scale * zoom);
    }

    /// <summary>Returns to the whole design.</summary>
    public void EndView() => (Origin, Scale) = beforeView;

    /// <summary>From physical to design pixels, for input.</summary>
    public Vector2 ToDesign(Vector2 physical) => (physical - Origin) / Scale;

    /// <summary>From design to physical pixels.</summary>
    public Vector2 ToPhysical(Vector2 design) => Origin + design * Scale;

    /// <summary>A filled rounded rectangle, snapped to whole pixels.</summary>
    public void Fill(Box box, float radius, Rgba color) => List.Fill(Snap(box), radius * Scale, Faded(color));

    /// <summary>A filled disc, not snapped.</summary>
    public void Disc(Vector2 center, float radius, Rgba color)
    {
        Vector2 c = ToPhysical(center);
        float r = radius * Scale;
        List.Fill(new(c.X - r, c.Y - r, 2 * r, 2 * r), r, Faded(color));
    }

    /// <summary>The ring of this width inside a circle, not snapped.</summary>
    public void Ring(Vector2 center, float radius, float width, Rgba color)
    {
        Vector2 c = ToPhysical(center);
        float r = radius * Scale;
        List.Stroke(new(c.X - r, c.Y - r, 2 * r, 2 * r), r, width * Scale, Faded(color));
    }

    /// <summary>The frame of a rounded rectangle, snapped, at least one pixel wide.</summary>
    public void Stroke(Box box, float radius, float width, Rgba color) =>
        List.Stroke(Snap(box), radius * Scale, MathF.Max(1, MathF.Round(width * Scale)), Faded(color));

    /// <summary>A polyline with round caps.</summary>
    /// <param name="points">[2 … 4096] the corners.</param>
    /// <param name="width">Stroke width.</param>
    /// <param name="color">The colour.</param>
    /// <param name="dash">Length of dashes and of gaps; 0 for a solid line.</param>
    public void Line(ReadOnlySpan<Vector2> points, float width, Rgba color, float dash = 0)
    {
        Span<Vector2> physical = points.Length <= 512 ? stackalloc Vector2[points.Length] : new Vector2[points.Length];
        for (int i = 0; i < points.Length; i++) physical[i] = ToPhysical(points[i]);
        List.Line(physical, width * Scale, dash * Scale, Faded(color));
    }

    /// <summary>A horizontal or vertical rule, one physical pixel for each whole design pixel, snapped.</summary>
    public void Rule(float x, float y, float width, float height, Rgba color) => Fill(new(x, y, width, height), 0, color);

    /// <summary>A cubic Bézier curve.</summary>
    public void Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float width, Rgba color) =>
        List.Curve(ToPhysical(p0), ToPhysical(p1), ToPhysical(p2), ToPhysical(p3), width * Scale, Faded(color));

    /// <summary>A filled simple polygon.</summary>
    public void Polygon(ReadOnlySpan<Vector2> points, Rgba color)
    {
        Span<Vector2> physical = stackalloc Vector2[points.Length];
        for (int i = 0; i < points.Length; i++) physical[i] = ToPhysical(points[i]);
        List.Polygon(physical, Faded(color));
    }

    /// <summary>A soft light.</summary>
    public void Glow(Vector2 center, float radius, Rgba color) => List.Glow(ToPhysical(center), radius * Scale, Faded(color));

    /// <summary>A linear gradient, snapped.</summary>
    public void Gradient(Box box, Rgba from, Rgba to, bool vertical) =>
        List.Gradient(Snap(box), Faded(from), Faded(to), vertical);

    /// <summary>A small picture through a colour map, snapped.</summary>
    public void Image(Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling) =>
        List.Image(Snap(box), radius * Scale, columns, values, map, sampling, Opacity);

    /// <summary>A layer of units; the grid is in design pixels, its <see cref="CellGrid.Scale"/> is set here.</summary>
    public void Cells(CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks)
    {
        Vector2 origin = ToPhysical(new(grid.X, grid.Y));
        List.Cells(
            grid with
            {
                X = MathF.Round(origin.X),
                Y = MathF.Round(origin.Y),
                Pitch = grid.Pitch * Scale,
                Cell = grid.Cell * Scale,
                Opacity = grid.Opacity * Opacity,
                Scale = Scale,
            },
            fill, glow, marks);
    }

    /// <summary>Writes a text; returns its width in design pixels. Allocates nothing for up to 256 characters.</summary>
    public float Text(ReadOnlySpan<char> text, float x, float baseline, TextStyle style, TextAlign align = TextAlign.Left)
    {
        float pixels = style.Size * Scale;
        float width = MeasurePhysical(text, pixels, style.Weight);
        float start = Origin.X + x * Scale - align switch { TextAlign.Center => width / 2, TextAlign.Right => width, _ => 0 };
        int pen = (int)MathF.Round(start);
        Span<GlyphPlacement> placed = text.Length <= 256 ? stackalloc GlyphPlacement[text.Length] : new GlyphPlacement[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            HintedGlyph glyph = glyphs.Get(text[i], pixels, style.Weight);
            placed[i] = new(glyph.Number, (short)pen);
            pen += glyph.Advance;
        }

        List.Glyphs((short)MathF.Round(Origin.Y + baseline * Scale), placed, Faded(style.Color));
        return width / Scale;
    }

    /// <summary>The width of a text in design pixels.</summary>
    public float Measure(ReadOnlySpan<char> text, float size, FontWeight weight) =>
        MeasurePhysical(text, size * Scale, weight) / Scale;

    /// <summary>Restricts drawing to a box, until <see cref="PopClip"/>.</summary>
    public void PushClip(Box box) => List.PushClip(Snap(box));

    /// <summary>Returns to the clip before the last <see cref="PushClip"/>.</summary>
    public void PopClip() => List.PopClip();

    private float MeasurePhysical(ReadOnlySpan<char> text, float pixels, FontWeight weight)
    {
        int width = 0;
        foreach (char c in text) width += glyphs.Get(c, pixels, weight).Advance;
        return width;
    }

    private Rgba Faded(Rgba color) => Opacity >= 1 ? color : color.Fade(Opacity);

    private Box Snap(Box box)
    {
        float left = MathF.Round(Origin.X + box.X * Scale), top = MathF.Round(Origin.Y + box.Y * Scale);
        float right = MathF.Round(Origin.X + box.Right * Scale), bottom = MathF.Round(Origin.Y + box.Bottom * Scale);
        return new(left, top, MathF.Max(1, right - left), MathF.Max(1, bottom - top));
    }
}
