using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Panels.Stage;

/// <summary>Keeps what a stage's frame draws, as far as tests ask.</summary>
internal sealed class StageOperations : IDrawTarget
{
    public List<(CellGrid Grid, byte[] Fill, byte[] Glow, CellMark[] Marks)> Layers { get; } = [];

    public List<(Vector2 From, Vector2 To)> Curves { get; } = [];

    public List<(Vector2 From, Vector2 To, bool Dashed)> Arcs { get; } = [];

    public List<Box> Stitches { get; } = [];

    public void Fill(Box box, float radius, Rgba color)
    {
        if (radius == 1 && box.Width == 2) Stitches.Add(box);
    }

    public void Stroke(Box box, float radius, float width, Rgba color) { }

    public void Line(ReadOnlySpan<Vector2> points, float width, float dash, Rgba color)
    {
        if (points.Length == 21) Arcs.Add((points[0], points[^1], dash > 0));
    }

    public void Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float width, Rgba color) => Curves.Add((p0, p3));

    public void Polygon(ReadOnlySpan<Vector2> points, Rgba color) { }

    public void Glow(Vector2 center, float radius, Rgba color) { }

    public void Gradient(Box box, Rgba from, Rgba to, bool vertical) { }

    public void Glyphs(short baseline, ReadOnlySpan<GlyphPlacement> glyphs, Rgba color) { }

    public void Image(Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling, float opacity) { }

    public void Cells(in CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks) =>
        Layers.Add((grid, fill.ToArray(), glow.ToArray(), marks.ToArray()));

    public void PushClip(Box box) { }

    public void PopClip() { }
}
