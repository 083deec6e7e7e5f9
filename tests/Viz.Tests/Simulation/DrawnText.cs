using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Simulation;

/// <summary>Reads the words off a draw list, with where they begin.</summary>
internal sealed class DrawnText : IDrawTarget
{
    private readonly List<(string Text, float X, float Baseline)> words = [];

    public static IReadOnlyList<(string Text, float X, float Baseline)> Of(DrawList list)
    {
        var target = new DrawnText();
        list.Replay(target);
        return target.words;
    }

    public void Glyphs(short baseline, ReadOnlySpan<GlyphPlacement> glyphs, Rgba color)
    {
        if (glyphs.Length == 0) return;
        string text = "";
        foreach (GlyphPlacement glyph in glyphs) text += GlyphCache.Shared[glyph.Glyph].Character;
        words.Add((text, glyphs[0].X, baseline));
    }

    public void Fill(Box box, float radius, Rgba color) { }

    public void Stroke(Box box, float radius, float width, Rgba color) { }

    public void Line(ReadOnlySpan<Vector2> points, float width, float dash, Rgba color) { }

    public void Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float width, Rgba color) { }

    public void Polygon(ReadOnlySpan<Vector2> points, Rgba color) { }

    public void Glow(Vector2 center, float radius, Rgba color) { }

    public void Gradient(Box box, Rgba from, Rgba to, bool vertical) { }

    public void Image(Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling, float opacity) { }

    public void Cells(in CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks) { }

    public void PushClip(Box box) { }

    public void PopClip() { }
}
