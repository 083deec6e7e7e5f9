using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Draws filled and framed rounded boxes.</summary>
internal static class BoxPainter
{
    /// <summary>Fills a rounded box.</summary>
    public static void Fill(Raster raster, Box box, float radius, Rgba color)
    {
        if (box.Width <= 0 || box.Height <= 0) return;
        Paint(raster, new(box, radius), color, Blend.Opacity(color), float.PositiveInfinity);
    }

    /// <summary>Draws the band of a width inside a rounded box's edge.</summary>
    public static void Stroke(Raster raster, Box box, float radius, float width, Rgba color)
    {
        if (box.Width <= 0 || box.Height <= 0 || !(width > 0)) return;
        short opacity = Blend.Product(Blend.Opacity(color), Blend.Weight(width));
        Paint(raster, new(box, radius), color, opacity, MathF.Max(1, width));
    }

    private static void Paint(Raster raster, RoundedBox shape, Rgba color, short opacity, float band)
    {
        PixelRect pixels = raster.Cover(shape.Box.X - 1, shape.Box.Y - 1, shape.Box.Right + 1, shape.Box.Bottom + 1);
        if (pixels.IsEmpty) return;
        uint opaque = Blend.Opaque(color);
        Span<short> weights = raster.Weights(pixels.Width);
        float depth = float.IsInfinity(band) ? 0.5f : band + 0.5f;
        (int first, int last) = shape.StraightPart(pixels.Left, pixels.Right, depth);
        for (int y = pixels.Top; y < pixels.Bottom; y++)
        {
            Weigh(shape, band, y, pixels.Left, first, weights);
            Weigh(shape, band, y, last, pixels.Right, weights[(last - pixels.Left)..]);
            Blend.Span(raster.Row(y, pixels.Left, first), opaque, weights, opacity);
            Blend.Span(raster.Row(y, last, pixels.Right), opaque, weights[(last - pixels.Left)..], opacity);
            if (last <= first) continue;
            short straight = Blend.Product(Weight(shape.Distance(first + 0.5f, y + 0.5f), band), opacity);
            if (straight > 0) Blend.Span(raster.Row(y, first, last), opaque, straight);
        }
    }

    private static void Weigh(in RoundedBox shape, float band, int y, int left, int right, Span<short> weights)
    {
        for (int x = left; x < right; x++) weights[x - left] = Weight(shape.Distance(x + 0.5f, y + 0.5f), band);
    }

    /// <summary>The weight at a distance from the edge: inside the edge and not deeper than the band.</summary>
    internal static short Weight(float distance, float band) =>
        Blend.Weight(MathF.Min(0.5f - distance, distance + band + 0.5f));
}
