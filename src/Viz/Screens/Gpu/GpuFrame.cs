using System.Numerics;
using System.Runtime.InteropServices;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Gpu;

/// <summary>The three fragment shaders.</summary>
internal enum GpuEffect
{
    Shape,
    Image,
    Cells,
}

/// <summary>Triangles drawn with one effect under one clip.</summary>
/// <param name="Effect">The shader.</param>
/// <param name="First">The first vertex.</param>
/// <param name="Count">How many vertices.</param>
/// <param name="Clip">The clip, in pixels of the picture.</param>
/// <param name="Item">The picture or the layer of units, for those effects.</param>
internal readonly record struct GpuRun(GpuEffect Effect, int First, int Count, Box Clip, int Item);

/// <summary>A picture of a frame: where its bytes stand in <see cref="GpuFrame.Payload"/>, and its shape.</summary>
internal readonly record struct GpuImage(int Offset, int Columns, int Rows);

/// <summary>A layer of units of a frame: its grid, how many units, and where their texels (4 bytes each: fill, glow, marks,
/// 0) stand in <see cref="GpuFrame.Payload"/>.</summary>
internal readonly record struct GpuCells(CellGrid Grid, int Offset, int Units, bool Glows);

/// <summary>
/// Turns draw operations into triangles for the shaders, with no graphics library in sight: a window uploads
/// <see cref="Vertices"/> once and draws <see cref="Runs"/> in order. All buffers are reused from frame to frame.
/// </summary>
internal sealed class GpuFrame : IDrawTarget
{
    private const float ShortestDash = 0.25f;
    private const float Farthest = 1 << 16;

    private readonly Func<int, GlyphPlace> placeGlyph;
    private readonly List<GpuVertex> vertices = [];
    private readonly List<GpuRun> runs = [];
    private readonly List<GpuImage> images = [];
    private readonly List<GpuCells> cells = [];
    private readonly List<byte> payload = [];
    private readonly List<Box> clips = [];
    private readonly PolygonFiller filler = new();

    /// <param name="placeGlyph">Where a glyph's coverage stands in the atlas.</param>
    public GpuFrame(Func<int, GlyphPlace> placeGlyph) => this.placeGlyph = placeGlyph;

    public ReadOnlySpan<GpuVertex> Vertices => CollectionsMarshal.AsSpan(vertices);

    public ReadOnlySpan<GpuRun> Runs => CollectionsMarshal.AsSpan(runs);

    public ReadOnlySpan<GpuImage> Images => CollectionsMarshal.AsSpan(images);

    public ReadOnlySpan<GpuCells> Layers => CollectionsMarshal.AsSpan(cells);

    public ReadOnlySpan<byte> Payload => CollectionsMarshal.AsSpan(payload);

    private Box Clip => clips[^1];

    /// <summary>Begins a frame of this size in pixels.</summary>
    public void Begin(int width, int height)
    {
        vertices.Clear();
        runs.Clear();
        images.Clear();
        cells.Clear();
        payload.Clear();
        clips.Clear();
        clips.Add(new(0, 0, width, height));
    }

    /// <inheritdoc/>
    public void Fill(Box box, float radius, Rgba color)
    {
        if (!Begin(GpuEffect.Shape, box, color)) return;
        Vector2 half = new(box.Width / 2, box.Height / 2);
        Centered(box.Center, half, 1, ShapeKind.Box, new(half, Math.Clamp(radius, 0, MathF.Min(half.X, half.Y)), 0), color);
    }

    /// <inheritdoc/>
    public void Stroke(Box box, float radius, float width, Rgba color)
    {
        if (!Begin(GpuEffect.Shape, box, color)) return;
        Vector2 half = new(box.Width / 2, box.Height / 2);
        Centered(box.Center, half, 1, ShapeKind.Frame, new(half, Math.Clamp(radius, 0, MathF.Min(half.X, half.Y)), width), color);
    }

    /// <inheritdoc/>
    public void Glow(Vector2 center, float radius, Rgba color)
    {
        Box box = new(center.X - radius, center.Y - radius, 2 * radius, 2 * radius);
        if (radius > 0 && Begin(GpuEffect.Shape, box, color))
            Centered(center, new(radius), 0, ShapeKind.Light, new(radius, 0, 0, 0), color);
    }

    /// <inheritdoc/>
    public void Gradient(Box box, Rgba from, Rgba to, bool vertical)
    {
        if (!Begin(GpuEffect.Shape, box, from.Alpha > to.Alpha ? from : to)) return;
        Rgba topRight = vertical ? from : to, bottomLeft = vertical ? to : from;
        Plain(new(box.X, box.Y), from, new(box.Right, box.Y), topRight, new(box.Right, box.Bottom), to);
        Plain(new(box.X, box.Y), from, new(box.Right, box.Bottom), to, new(box.X, box.Bottom), bottomLeft);
    }

    /// <inheritdoc/>
    public void Line(ReadOnlySpan<Vector2> points, float width, float dash, Rgba color)
    {
        if (dash < ShortestDash)
        {
            SolidLine(points, width, color);
            return;
        }

        if (!Begin(GpuEffect.Shape, BoundsOf(points, width), color)) return;
        Span<Vector2> piece = stackalloc Vector2[2];
        var dashes = new DashWalker(points, dash);
        while (dashes.MoveNext())
        {
            (piece[0], piece[1]) = (dashes.From, dashes.To);
            SolidLine(piece, width, color);
        }
    }

    /// <inheritdoc/>
    public void Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float width, Rgba color)
    {
        Span<Vector2> points = stackalloc Vector2[Bezier.Chords + 1];
        Bezier.Flatten(p0, p1, p2, p3, points);
        SolidLine(points, width, color);
    }

    /// <inheritdoc/>
    public void Polygon(ReadOnlySpan<Vector2> points, Rgba color)
    {
        if (!Begin(GpuEffect.Shape, BoundsOf(points, 1), color)) return;
        filler.Fill(points);
        Rgba clear = color.Fade(0);
        foreach (PolygonFiller.Corner[] triangle in filler.Triangles)
        {
            Plain(
                triangle[0].Position, triangle[0].Inside ? color : clear,
                triangle[1].Position, triangle[1].Inside ? color : clear,
                triangle[2].Position, triangle[2].Inside ? color : clear);
        }
    }

    /// <inheritdoc/>
    public void Glyphs(short baseline, ReadOnlySpan<GlyphPlacement> glyphs, Rgba color)
    {
        foreach (GlyphPlacement glyph in glyphs)
        {
            GlyphPlace place = placeGlyph(glyph.Glyph);
            Box box = new(glyph.X + place.Left, baseline + place.Top, place.Width, place.Height);
            if (place.Width == 0 || !Begin(GpuEffect.Shape, box, color)) continue;
            Vector2 from = new(place.AtlasX, place.AtlasY), to = from + new Vector2(place.Width, place.Height);
            Quad(box, from, to, (float)ShapeKind.Glyph, Vector4.Zero, color);
        }
    }

    /// <inheritdoc/>
    public void Image(Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling, float opacity)
    {
        if (columns <= 0 || values.Length < columns) return;
        if (!Begin(GpuEffect.Image, box, new Rgba(255, 255, 255).Fade(opacity), images.Count)) return;
        images.Add(new(payload.Count, columns, values.Length / columns));
        payload.AddRange(values);
        Vector2 half = new(box.Width / 2, box.Height / 2);
        float kind = (int)map + (sampling == Sampling.Smooth ? 16 : 0);
        Quad(box, -half, half, kind, new(half, Math.Clamp(radius, 0, MathF.Min(half.X, half.Y)), 0), new Rgba(255, 255, 255).Fade(opacity));
    }

    /// <inheritdoc/>
    public void Cells(in CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks)
    {
        if (fill.IsEmpty || grid.Rows <= 0) return;
        float reach = 1.6f * grid.Cell + 1;
        Box box = new Box(grid.X, grid.Y, grid.Columns(fill.Length) * grid.Pitch, grid.Rows * grid.Pitch).Grow(reach);
        if (!Begin(GpuEffect.Cells, box, new Rgba(255, 255, 255).Fade(grid.Opacity), cells.Count)) return;
        bool glows = false;
        int offset = payload.Count;
        for (int i = 0; i < fill.Length; i++)
        {
            payload.Add(fill[i]);
            payload.Add(glow[i]);
            payload.Add((byte)marks[i]);
            payload.Add(0);
            glows |= glow[i] >= 3;
        }

        cells.Add(new(grid, offset, fill.Length, glows));
        Quad(box, new(box.X, box.Y), new(box.Right, box.Bottom), 0, Vector4.Zero, new(255, 255, 255));
    }

    /// <inheritdoc/>
    public void PushClip(Box box)
    {
        float left = MathF.Max(Clip.X, box.X), top = MathF.Max(Clip.Y, box.Y);
        float right = MathF.Min(Clip.Right, box.Right), bottom = MathF.Min(Clip.Bottom, box.Bottom);
        clips.Add(new(left, top, MathF.Max(0, right - left), MathF.Max(0, bottom - top)));
    }

    /// <inheritdoc/>
    public void PopClip()
    {
        if (clips.Count > 1) clips.RemoveAt(clips.Count - 1);
    }

    private static Box BoundsOf(ReadOnlySpan<Vector2> points, float margin)
    {
        if (points.IsEmpty) return default;
        Vector2 low = points[0], high = points[0];
        foreach (Vector2 point in points) (low, high) = (Vector2.Min(low, point), Vector2.Max(high, point));
        return new Box(low.X, low.Y, high.X - low.X, high.Y - low.Y).Grow(margin);
    }

    /// <summary>Whether anything of this box can be seen; if so, the coming vertices belong to a run of this effect.</summary>
    private bool Begin(GpuEffect effect, Box box, Rgba color, int item = -1)
    {
        bool drawable = MathF.Abs(box.X) < Farthest && MathF.Abs(box.Y) < Farthest && box.Width < 2 * Farthest && box.Height < 2 * Farthest;
        if (!drawable || color.Alpha == 0 || Clip.Width <= 0 || Clip.Height <= 0) return false;
        if (box.X - 1 >= Clip.Right || box.Y - 1 >= Clip.Bottom || box.Right + 1 <= Clip.X || box.Bottom + 1 <= Clip.Y) return false;
        if (runs.Count == 0 || effect != GpuEffect.Shape || runs[^1].Effect != effect || runs[^1].Clip != Clip)
            runs.Add(new(effect, vertices.Count, 0, Clip, item));
        return true;
    }

    /// <summary>One solid polyline: each segment keeps the side of the bisector at its joints that is its own, so round joins
    /// come from the distance to the nearest segment and nothing is blended twice.</summary>
    private void SolidLine(ReadOnlySpan<Vector2> points, float width, Rgba color)
    {
        if (width < 1) (width, color) = (1, color.Fade(width));
        if (points.Length < 2 || !Begin(GpuEffect.Shape, BoundsOf(points, width), color)) return;
        for (int i = 0; i + 1 < points.Length; i++)
        {
            Vector2 a = points[i], b = points[i + 1];
            if (Vector2.DistanceSquared(a, b) < 1e-8f) continue;
            Vector2 direction = Vector2.Normalize(b - a);
            Vector2? before = i > 0 ? JoinNormal(a - points[i - 1], direction) : null;
            Vector2? after = i + 2 < points.Length ? JoinNormal(direction, points[i + 2] - b) : null;
            Segment(a, b, direction, width / 2, before, after, color);
        }
    }

    private static Vector2? JoinNormal(Vector2 into, Vector2 outOf)
    {
        if (into.LengthSquared() < 1e-8f || outOf.LengthSquared() < 1e-8f) return null;
        Vector2 sum = Vector2.Normalize(into) + Vector2.Normalize(outOf);
        return sum.LengthSquared() < 1e-6f ? null : Vector2.Normalize(sum);
    }

    private void Segment(Vector2 a, Vector2 b, Vector2 direction, float halfWidth, Vector2? before, Vector2? after, Rgba color)
    {
        float reach = halfWidth + 1, length = Vector2.Distance(a, b);
        Vector2 across = new(-direction.Y, direction.X);
        Span<Vector2> polygon = stackalloc Vector2[8];
        Span<Vector2> clipped = stackalloc Vector2[8];
        polygon[0] = a - direction * reach - across * reach;
        polygon[1] = b + direction * reach - across * reach;
        polygon[2] = b + direction * reach + across * reach;
        polygon[3] = a - direction * reach + across * reach;
        int count = 4;
        if (before is { } n) count = Keep(polygon[..count], a, n, clipped);
        if (before is not null) clipped[..count].CopyTo(polygon);
        if (after is { } m) count = Keep(polygon[..count], b, -m, clipped);
        if (after is not null) clipped[..count].CopyTo(polygon);
        Vector4 shape = new(length, halfWidth, 0, 0);
        for (int i = 1; i + 1 < count; i++)
        {
            Add(polygon[0]);
            Add(polygon[i]);
            Add(polygon[i + 1]);
        }

        void Add(Vector2 p) => Add3(p, new(Vector2.Dot(p - a, direction), Vector2.Dot(p - a, across)), (float)ShapeKind.Line, shape, color);
    }

    /// <summary>Keeps the part of a convex polygon where (p − origin) · normal ≥ 0; returns how many corners it has.</summary>
    private static int Keep(ReadOnlySpan<Vector2> polygon, Vector2 origin, Vector2 normal, Span<Vector2> kept)
    {
        int count = 0;
        for (int i = 0; i < polygon.Length; i++)
        {
            Vector2 p = polygon[i], q = polygon[(i + 1) % polygon.Length];
            float dp = Vector2.Dot(p - origin, normal), dq = Vector2.Dot(q - origin, normal);
            if (dp >= 0) kept[count++] = p;
            if (dp >= 0 != dq >= 0) kept[count++] = p + (q - p) * (dp / (dp - dq));
        }

        return count;
    }

    private void Centered(Vector2 center, Vector2 half, float margin, ShapeKind kind, Vector4 shape, Rgba color)
    {
        Vector2 reach = half + new Vector2(margin);
        Quad(new(center.X - reach.X, center.Y - reach.Y, 2 * reach.X, 2 * reach.Y), -reach, reach, (float)kind, shape, color);
    }

    private void Quad(Box box, Vector2 from, Vector2 to, float kind, Vector4 shape, Rgba color)
    {
        Vector2 topRight = new(to.X, from.Y), bottomLeft = new(from.X, to.Y);
        Add3(new(box.X, box.Y), from, kind, shape, color);
        Add3(new(box.Right, box.Y), topRight, kind, shape, color);
        Add3(new(box.Right, box.Bottom), to, kind, shape, color);
        Add3(new(box.X, box.Y), from, kind, shape, color);
        Add3(new(box.Right, box.Bottom), to, kind, shape, color);
        Add3(new(box.X, box.Bottom), bottomLeft, kind, shape, color);
    }

    private void Plain(Vector2 a, Rgba colorA, Vector2 b, Rgba colorB, Vector2 c, Rgba colorC)
    {
        Add3(a, default, (float)ShapeKind.Plain, default, colorA);
        Add3(b, default, (float)ShapeKind.Plain, default, colorB);
        Add3(c, default, (float)ShapeKind.Plain, default, colorC);
    }

    private void Add3(Vector2 position, Vector2 local, float kind, Vector4 shape, Rgba color)
    {
        vertices.Add(new(position, local, kind, shape, color));
        ref GpuRun run = ref CollectionsMarshal.AsSpan(runs)[^1];
        run = run with { Count = vertices.Count - run.First };
    }
}
