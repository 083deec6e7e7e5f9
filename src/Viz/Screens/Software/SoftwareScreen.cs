using System.Numerics;
using System.Runtime.InteropServices;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Recording;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Draws frames into memory, with no display: for films, golden images and tests.</summary>
/// <remarks>The reference for the other screens: every operation exactly as <see cref="IDrawTarget"/> and
/// <see cref="CellGrid"/> state it, to one level of 255. Coordinates that are not finite draw nothing. A frame like those
/// before it allocates nothing. Not thread-safe.</remarks>
public sealed class SoftwareScreen : IDrawTarget
{
    private readonly Raster raster = new();
    private readonly Stack<PixelRect> clips = new();
    private readonly LinePainter lines = new();
    private readonly PolygonPainter polygons = new();
    private readonly GradientPainter gradients = new();
    private readonly ImagePainter images = new();
    private readonly CellPainter cells = new();
    private readonly GlyphPainter glyphs;

    /// <summary>A black screen of this size.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="glyphs">Where glyph numbers come from; the shared cache if left out.</param>
    public SoftwareScreen(int width, int height, GlyphCache? glyphs = null)
    {
        this.glyphs = new(glyphs ?? GlyphCache.Shared);
        Resize(width, height);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width => raster.Width;

    /// <summary>Rows.</summary>
    public int Height => raster.Height;

    /// <summary>[Height · Width · 4] red, green, blue, 255 of every pixel, row by row from the top.</summary>
    public ReadOnlySpan<byte> Pixels => MemoryMarshal.AsBytes(raster.Pixels.AsSpan());

    /// <summary>Changes the size and forgets the picture.</summary>
    public void Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        raster.Resize(width, height);
        raster.Pixels.AsSpan().Fill(Blend.Opaque(default));
        clips.Clear();
    }

    /// <summary>Draws a frame over what is there, clipped by nothing but its own clips.</summary>
    public void Draw(DrawList frame)
    {
        clips.Clear();
        raster.Clip = raster.Whole;
        frame.Replay(this);
    }

    /// <summary>Draws one frame on black and writes it as a PNG file.</summary>
    public static void RenderToPng(DrawList frame, int width, int height, string path)
    {
        var screen = new SoftwareScreen(width, height);
        screen.Draw(frame);
        using FileStream file = File.Create(path);
        PngWriter.Write(file, screen.Pixels, width, height);
    }

    /// <inheritdoc/>
    public void Fill(Box box, float radius, Rgba color) => BoxPainter.Fill(raster, box, radius, color);

    /// <inheritdoc/>
    public void Stroke(Box box, float radius, float width, Rgba color) => BoxPainter.Stroke(raster, box, radius, width, color);

    /// <inheritdoc/>
    public void Line(ReadOnlySpan<Vector2> points, float width, float dash, Rgba color) =>
        lines.Draw(raster, points, width, dash, color);

    /// <inheritdoc/>
    public void Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float width, Rgba color)
    {
        Span<Vector2> points = stackalloc Vector2[Bezier.Chords + 1];
        Bezier.Flatten(p0, p1, p2, p3, points);
        lines.Draw(raster, points, width, 0, color);
    }

    /// <inheritdoc/>
    public void Polygon(ReadOnlySpan<Vector2> points, Rgba color) => polygons.Fill(raster, points, color);

    /// <inheritdoc/>
    public void Glow(Vector2 center, float radius, Rgba color) => LightPainter.Glow(raster, center, radius, color);

    /// <inheritdoc/>
    public void Gradient(Box box, Rgba from, Rgba to, bool vertical) => gradients.Draw(raster, box, from, to, vertical);

    /// <inheritdoc/>
    public void Glyphs(short baseline, ReadOnlySpan<GlyphPlacement> glyphs, Rgba color) =>
        this.glyphs.Draw(raster, baseline, glyphs, color);

    /// <inheritdoc/>
    public void Image(Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling, float opacity) =>
        images.Draw(raster, box, radius, columns, values, map, sampling, opacity);

    /// <inheritdoc/>
    public void Cells(in CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks) =>
        cells.Draw(raster, grid, fill, glow, marks);

    /// <inheritdoc/>
    public void PushClip(Box box)
    {
        clips.Push(raster.Clip);
        raster.Clip = raster.Cover(Round(box.X), Round(box.Y), Round(box.Right), Round(box.Bottom));
    }

    /// <inheritdoc/>
    public void PopClip() => raster.Clip = clips.TryPop(out PixelRect clip) ? clip : raster.Whole;

    private static float Round(float edge) => MathF.Floor(edge + 0.5f);
}
