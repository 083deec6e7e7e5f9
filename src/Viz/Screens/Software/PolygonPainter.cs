using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Fills polygons by the signed distance to their outline; inside is where a ray crosses it an odd number of
/// times.</summary>
internal sealed class PolygonPainter
{
    private (Vector2 From, Vector2 To)[] near = [];

    /// <summary>Fills a polygon.</summary>
    public void Fill(Raster raster, ReadOnlySpan<Vector2> points, Rgba color)
    {
        if (points.Length < 3) return;
        Vector2 low = points[0], high = points[0];
        foreach (Vector2 point in points)
        {
            if (!float.IsFinite(point.X + point.Y)) return;
            low = Vector2.Min(low, point);
            high = Vector2.Max(high, point);
        }

        if (near.Length < points.Length) near = new (Vector2, Vector2)[points.Length];
        PixelRect pixels = raster.Cover(low.X - 1, low.Y - 1, high.X + 1, high.Y + 1);
        Span<short> weights = raster.Weights(pixels.Width);
        for (int y = pixels.Top; y < pixels.Bottom; y++)
        {
            ReadOnlySpan<(Vector2 From, Vector2 To)> edges = EdgesNear(points, y + 0.5f);
            for (int x = pixels.Left; x < pixels.Right; x++) weights[x - pixels.Left] = Blend.Weight(0.5f - Distance(edges, new(x + 0.5f, y + 0.5f)));
            Blend.Span(raster.Row(y, pixels.Left, pixels.Right), Blend.Opaque(color), weights, Blend.Opacity(color));
        }
    }

    // Edges farther than a pixel above or below neither cross the row nor change its coverage.
    private ReadOnlySpan<(Vector2 From, Vector2 To)> EdgesNear(ReadOnlySpan<Vector2> points, float y)
    {
        int count = 0;
        for (int i = 0; i < points.Length; i++)
        {
            Vector2 from = points[i], to = points[(i + 1) % points.Length];
            if (MathF.Min(from.Y, to.Y) <= y + 1 && MathF.Max(from.Y, to.Y) >= y - 1) near[count++] = (from, to);
        }

        return near.AsSpan(0, count);
    }

    private static float Distance(ReadOnlySpan<(Vector2 From, Vector2 To)> edges, Vector2 point)
    {
        float nearest = 4;
        bool inside = false;
        foreach ((Vector2 from, Vector2 to) in edges)
        {
            nearest = MathF.Min(nearest, Segment.SquaredDistance(point, from, to));
            bool crosses = from.Y > point.Y != to.Y > point.Y;
            if (crosses && point.X < from.X + (point.Y - from.Y) * (to.X - from.X) / (to.Y - from.Y)) inside = !inside;
        }

        return inside ? -MathF.Sqrt(nearest) : MathF.Sqrt(nearest);
    }
}
