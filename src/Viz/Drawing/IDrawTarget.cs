using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>
/// The few operations from which every picture is made. All coordinates are physical pixels, x rightwards, y downwards, pixel
/// (i, j) covering i … i+1 and j … j+1. A <see cref="DrawList"/> records them; the software canvas, the Raylib window and the
/// browser page draw them alike.
/// </summary>
/// <remarks>Edges are anti-aliased by signed distance: a shape covers a pixel centre at distance d from its edge (negative
/// inside) by clamp(0.5 − d, 0, 1), a band of width w around a middle line (a frame, a line) by clamp((w + 1) / 2 − |d|, 0, 1)
/// with d from that line, thinner bands than 1 px being 1 px wide and w times as opaque. Colours blend in sRGB: out = under + (colour − under) · alpha · coverage.</remarks>
public interface IDrawTarget
{
    /// <summary>A filled rectangle with rounded corners; a disc where radius is half its side.</summary>
    void Fill(Box box, float radius, Rgba color);

    /// <summary>The frame of a rounded rectangle: the band of this width inside its edge.</summary>
    void Stroke(Box box, float radius, float width, Rgba color);

    /// <summary>A polyline with round caps and joins; a width below 1 px is drawn 1 px wide and fainter.</summary>
    /// <param name="points">[≥ 2] the corners.</param>
    /// <param name="width">Stroke width.</param>
    /// <param name="dash">Length of dashes and of gaps along the line, the first dash at the first point, each with round caps
    /// of its own; 0 for a solid line.</param>
    /// <param name="color">The colour.</param>
    void Line(ReadOnlySpan<Vector2> points, float width, float dash, Rgba color);

    /// <summary>A cubic Bézier curve, stroked like <see cref="Line"/> (flattened into 16 chords).</summary>
    void Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float width, Rgba color);

    /// <summary>A filled simple polygon, not necessarily convex.</summary>
    void Polygon(ReadOnlySpan<Vector2> points, Rgba color);

    /// <summary>A soft light: opacity · (1 − t)² at distance t · radius from the centre, nothing beyond.</summary>
    void Glow(Vector2 center, float radius, Rgba color);

    /// <summary>A rectangle that goes linearly from one colour to another, left to right or top to bottom.</summary>
    void Gradient(Box box, Rgba from, Rgba to, bool vertical);

    /// <summary>A run of hinted glyphs on one baseline.</summary>
    void Glyphs(short baseline, ReadOnlySpan<GlyphPlacement> glyphs, Rgba color);

    /// <summary>A small picture of bytes, [rows · columns] row by row, through a colour map, clipped to a rounded box.</summary>
    void Image(Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling, float opacity);

    /// <summary>A layer of units, see <see cref="CellGrid"/>. [n] each; colours off, on, outline and dot from the palette of
    /// the shape: <see cref="Palette.OffCell"/>, Wake or Dream, <see cref="Palette.OffOutline"/>, WakeDot or DreamDot.</summary>
    void Cells(in CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks);

    /// <summary>Restricts drawing to the intersection of this box, its edges rounded to whole pixels, and the current clip, until
    /// <see cref="PopClip"/>.</summary>
    void PushClip(Box box);

    /// <summary>Returns to the clip before the last <see cref="PushClip"/>.</summary>
    void PopClip();
}
