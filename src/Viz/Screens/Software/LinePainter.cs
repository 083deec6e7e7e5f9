using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>
/// Draws polylines. A pixel takes the largest coverage of all pieces, so that joins and crossings of a line with itself do
/// not darken; the pieces are gathered in a mask first, and the mask is painted once.
/// </summary>
internal sealed class LinePainter
{
    private const float ShortestDash = 0.25f;
    private const float Farthest = 1 << 16;

    private short[] mask = [];
    private (int First, int Last)[] used = [];
    private int width;
    private int top;
    private int bottom;

    /// <summary>Draws a line with round caps and joins.</summary>
    public void Draw(Raster raster, ReadOnlySpan<Vector2> points, float lineWidth, float dash, Rgba color)
    {
        if (points.IsEmpty || !(lineWidth > 0) || !float.IsFinite(lineWidth)) return;
        foreach (Vector2 point in points)
        {
            if (!float.IsFinite(point.X + point.Y)) return;
        }

        Fit(raster);
        float reach = MathF.Max(1, lineWidth) / 2 + 0.5f;
        if (dash >= ShortestDash) AddDashes(raster, points, dash, reach);
        else AddPieces(raster, points, reach);
        Paint(raster, Blend.Opaque(color), Blend.Product(Blend.Opacity(color), Blend.Weight(lineWidth)));
    }

    private void Fit(Raster raster)
    {
        if (width != raster.Width || used.Length != raster.Height)
        {
            width = raster.Width;
            mask = new short[raster.Width * raster.Height];
            used = new (int, int)[raster.Height];
        }

        top = raster.Height;
        bottom = 0;
    }

    private void AddPieces(Raster raster, ReadOnlySpan<Vector2> points, float reach)
    {
        if (points.Length == 1) Add(raster, points[0], points[0], reach);
        for (int i = 1; i < points.Length; i++) Add(raster, points[i - 1], points[i], reach);
    }

    private void AddDashes(Raster raster, ReadOnlySpan<Vector2> points, float dash, float reach)
    {
        foreach (Vector2 point in points)
        {
            if (Near(point) != point) return;
        }

        var dashes = new DashWalker(points, dash);
        while (dashes.MoveNext()) Add(raster, dashes.From, dashes.To, reach);
    }

    private void Add(Raster raster, Vector2 a, Vector2 b, float reach)
    {
        a = Near(a);
        b = Near(b);
        Vector2 low = Vector2.Min(a, b) - new Vector2(reach), high = Vector2.Max(a, b) + new Vector2(reach);
        PixelRect pixels = raster.Cover(low.X, low.Y, high.X, high.Y);
        if (pixels.IsEmpty) return;
        top = Math.Min(top, pixels.Top);
        bottom = Math.Max(bottom, pixels.Bottom);
        Vector2 along = b - a;
        float length = along.Length();
        // Per row, the strip within reach of the endless line through both ends.
        float slope = along.X / along.Y, spread = reach * length / MathF.Abs(along.Y);
        bool steep = MathF.Abs(along.Y) > 0.01f * length;
        for (int y = pixels.Top; y < pixels.Bottom; y++)
        {
            int first = pixels.Left, last = pixels.Right;
            if (steep)
            {
                float middle = a.X + (y + 0.5f - a.Y) * slope;
                first = Math.Max(first, (int)MathF.Floor(middle - spread - 0.5f));
                last = Math.Min(last, (int)MathF.Ceiling(middle + spread + 0.5f));
            }

            if (last > first) AddRow(y, first, last, a, along, length, reach);
        }
    }

    private void AddRow(int y, int first, int last, Vector2 a, Vector2 along, float length, float reach)
    {
        (int usedFirst, int usedLast) = used[y];
        used[y] = usedLast == 0 ? (first, last) : (Math.Min(usedFirst, first), Math.Max(usedLast, last));
        Span<short> row = mask.AsSpan(y * width, width);
        Vector2 unit = length > 0 ? along / length : default;
        float py = y + 0.5f - a.Y;
        for (int x = first; x < last; x++)
        {
            float px = x + 0.5f - a.X;
            float projection = px * unit.X + py * unit.Y;
            float distance = projection >= 0 && projection <= length && length > 0
                ? MathF.Abs(px * unit.Y - py * unit.X)
                : ToEnd(px, py, projection > 0 ? along : default);
            if (distance >= reach) continue;
            short weight = Blend.Weight(reach - distance);
            if (weight > row[x]) row[x] = weight;
        }
    }

    private static float ToEnd(float x, float y, Vector2 end) =>
        MathF.Sqrt((x - end.X) * (x - end.X) + (y - end.Y) * (y - end.Y));

    private void Paint(Raster raster, uint color, short opacity)
    {
        for (int y = top; y < bottom; y++)
        {
            (int first, int last) = used[y];
            if (last == 0) continue;
            Span<short> weights = mask.AsSpan(y * width + first, last - first);
            Blend.Span(raster.Row(y, first, last), color, weights, opacity);
            weights.Clear();
            used[y] = default;
        }
    }

    private static Vector2 Near(Vector2 point) => Vector2.Clamp(point, new(-Farthest), new(Farthest));
}
