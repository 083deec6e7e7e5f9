using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Draws linear gradients.</summary>
internal sealed class GradientPainter
{
    private uint[] colors = [];
    private short[] across = [];

    /// <summary>Fills a box with a gradient; colour and opacity are those at the pixel's centre.</summary>
    public void Draw(Raster raster, Box box, Rgba from, Rgba to, bool vertical)
    {
        if (!(box.Width > 0 && box.Height > 0)) return;
        PixelRect pixels = raster.Cover(box.X, box.Y, box.Right, box.Bottom);
        if (pixels.IsEmpty) return;
        if (vertical) DrawDown(raster, pixels, box, from, to);
        else DrawAcross(raster, pixels, box, from, to);
    }

    private static void DrawDown(Raster raster, PixelRect pixels, Box box, Rgba from, Rgba to)
    {
        Span<short> weights = raster.Weights(pixels.Width);
        for (int x = pixels.Left; x < pixels.Right; x++) weights[x - pixels.Left] = Blend.Weight(Overlap(x, box.X, box.Right));
        for (int y = pixels.Top; y < pixels.Bottom; y++)
        {
            Rgba color = Rgba.Mix(from, to, (y + 0.5f - box.Y) / box.Height);
            short opacity = Blend.Product(Blend.Opacity(color), Blend.Weight(Overlap(y, box.Y, box.Bottom)));
            Blend.Span(raster.Row(y, pixels.Left, pixels.Right), Blend.Opaque(color), weights, opacity);
        }
    }

    private void DrawAcross(Raster raster, PixelRect pixels, Box box, Rgba from, Rgba to)
    {
        if (colors.Length < raster.Width) (colors, across) = (new uint[raster.Width], new short[raster.Width]);
        for (int x = pixels.Left; x < pixels.Right; x++)
        {
            Rgba color = Rgba.Mix(from, to, (x + 0.5f - box.X) / box.Width);
            colors[x] = Blend.Opaque(color);
            across[x] = Blend.Product(Blend.Opacity(color), Blend.Weight(Overlap(x, box.X, box.Right)));
        }

        for (int y = pixels.Top; y < pixels.Bottom; y++)
        {
            short opacity = Blend.Weight(Overlap(y, box.Y, box.Bottom));
            Blend.Span(
                raster.Row(y, pixels.Left, pixels.Right), colors.AsSpan(pixels.Left..pixels.Right),
                across.AsSpan(pixels.Left..pixels.Right), opacity);
        }
    }

    private static float Overlap(int pixel, float from, float to) =>
        Math.Clamp(MathF.Min(pixel + 0.5f - from, to - pixel - 0.5f) + 0.5f, 0, 1);
}
