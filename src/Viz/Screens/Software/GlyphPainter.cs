using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Draws hinted glyphs from sprites that are baked on first use.</summary>
internal sealed class GlyphPainter(GlyphCache glyphs)
{
    private Sprite?[] sprites = [];

    /// <summary>Draws a run of glyphs.</summary>
    public void Draw(Raster raster, short baseline, ReadOnlySpan<GlyphPlacement> run, Rgba color)
    {
        uint opaque = Blend.Opaque(color);
        short opacity = Blend.Opacity(color);
        foreach (GlyphPlacement placed in run)
        {
            if (placed.Glyph < glyphs.Count) Get(placed.Glyph).Draw(raster, placed.X, baseline, opaque, opacity);
        }
    }

    private Sprite Get(int number)
    {
        if (number >= sprites.Length) Array.Resize(ref sprites, Math.Max(glyphs.Count, sprites.Length * 2));
        return sprites[number] ??= Bake(glyphs[number]);
    }

    private static Sprite Bake(HintedGlyph glyph)
    {
        Vector2[] points = [.. glyph.Lines.SelectMany(line => line)];
        if (points.Length == 0) return new(0, 0, 0, 0, (_, _) => 0);
        float reach = glyph.StrokeWidth / 2 + 0.5f;
        return new(
            (int)MathF.Floor(points.Min(p => p.X) - reach), (int)MathF.Floor(points.Min(p => p.Y) - reach),
            (int)MathF.Ceiling(points.Max(p => p.X) + reach), (int)MathF.Ceiling(points.Max(p => p.Y) + reach),
            (x, y) => reach - MathF.Sqrt(glyph.Lines.Min(line => SquaredDistance(line, new(x, y)))));
    }

    private static float SquaredDistance(Vector2[] line, Vector2 point)
    {
        float nearest = Vector2.DistanceSquared(line[0], point);
        for (int i = 1; i < line.Length; i++) nearest = MathF.Min(nearest, Segment.SquaredDistance(point, line[i - 1], line[i]));
        return nearest;
    }
}
