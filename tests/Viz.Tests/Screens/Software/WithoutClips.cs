using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Screens.Software;

/// <summary>Hands every operation on but clips.</summary>
internal sealed class WithoutClips(IDrawTarget target) : IDrawTarget
{
    public void Fill(Box box, float radius, Rgba color) => target.Fill(box, radius, color);

    public void Stroke(Box box, float radius, float width, Rgba color) => target.Stroke(box, radius, width, color);

    public void Line(ReadOnlySpan<Vector2> points, float width, float dash, Rgba color) => target.Line(points, width, dash, color);

    public void Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float width, Rgba color) => target.Curve(p0, p1, p2, p3, width, color);

    public void Polygon(ReadOnlySpan<Vector2> points, Rgba color) => target.Polygon(points, color);

    public void Glow(Vector2 center, float radius, Rgba color) => target.Glow(center, radius, color);

    public void Gradient(Box box, Rgba from, Rgba to, bool vertical) => target.Gradient(box, from, to, vertical);

    public void Glyphs(short baseline, ReadOnlySpan<GlyphPlacement> glyphs, Rgba color) => target.Glyphs(baseline, glyphs, color);

    public void Image(Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling, float opacity) =>
        target.Image(box, radius, columns, values, map, sampling, opacity);

    public void Cells(in CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks) =>
        target.Cells(grid, fill, glow, marks);

    public void PushClip(Box box)
    {
    }

    public void PopClip()
    {
    }
}
