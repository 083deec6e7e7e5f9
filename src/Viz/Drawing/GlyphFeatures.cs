using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>
/// Where a glyph has stems and bars: the coordinates that must fall onto the pixel grid. Straight strokes count by their
/// length, turning points of curves a little, and whatever lies on the baseline, the x-height or another line that all
/// letters share counts most.
/// </summary>
internal sealed class GlyphFeatures
{
    private const float Same = 2.5f;

    private readonly List<(float Value, float Weight)> horizontal = [];
    private readonly List<(float Value, float Weight)> vertical = [];

    public GlyphFeatures(StrokeGlyph glyph)
    {
        foreach (Vector2[] line in glyph.Lines)
        {
            AddStraightStrokes(line);
            AddEndsAndTurns(line);
        }
    }

    /// <summary>x of stems, from left to right.</summary>
    public IEnumerable<float> Stems => vertical.OrderBy(feature => feature.Value).Select(feature => feature.Value);

    /// <summary>y of bars, the weightiest first.</summary>
    public IEnumerable<float> Bars => horizontal.OrderByDescending(feature => feature.Weight).Select(feature => feature.Value);

    private void AddStraightStrokes(Vector2[] line)
    {
        for (int i = 1; i < line.Length; i++)
        {
            Vector2 length = Vector2.Abs(line[i] - line[i - 1]);
            if (length.X < 0.4f && length.Y > 9) Add(vertical, line[i].X, length.Y);
            if (length.Y < 0.4f && length.X > 6) Add(horizontal, line[i].Y, length.X + SharedLine(line[i].Y));
        }
    }

    private void AddEndsAndTurns(Vector2[] line)
    {
        bool closed = line.Length > 3 && Vector2.DistanceSquared(line[0], line[^1]) < 0.01f;
        int count = closed ? line.Length - 1 : line.Length;
        for (int i = 0; i < count; i++)
        {
            bool isEnd = !closed && (i == 0 || i == count - 1);
            if (isEnd) AddEnd(line[i]);
            else AddTurn(line[(i + count - 1) % count], line[i], line[(i + 1) % count]);
        }
    }

    private void AddEnd(Vector2 point)
    {
        float weight = SharedLine(point.Y);
        if (weight > 0) Add(horizontal, point.Y, weight);
    }

    private void AddTurn(Vector2 before, Vector2 point, Vector2 after)
    {
        Vector2 inwards = point - before, outwards = after - point;
        if (inwards.Y * outwards.Y <= 0 && (inwards.Y != 0 || outwards.Y != 0)) Add(horizontal, point.Y, 8 + SharedLine(point.Y));
        if (inwards.X * outwards.X <= 0 && (inwards.X != 0 || outwards.X != 0) && IsSmoothAndUpright(inwards, outwards))
            Add(vertical, point.X, 10);
    }

    private static bool IsSmoothAndUpright(Vector2 inwards, Vector2 outwards)
    {
        float cosine = Vector2.Dot(inwards, outwards) / (inwards.Length() * outwards.Length() + 1e-9f);
        Vector2 travel = Vector2.Abs(inwards) + Vector2.Abs(outwards);
        return cosine > 0.5f && travel.Y > travel.X;
    }

    private static void Add(List<(float Value, float Weight)> features, float value, float weight)
    {
        int known = features.FindIndex(feature => MathF.Abs(feature.Value - value) < Same);
        if (known < 0) features.Add((value, weight));
        else if (weight > features[known].Weight) features[known] = (value, weight);
        else features[known] = (features[known].Value, features[known].Weight + weight * 0.1f);
    }

    private static float SharedLine(float y)
    {
        const float Near = 1.2f;
        if (MathF.Abs(y) < Near || MathF.Abs(y - StrokeFont.CapHeight) < Near) return 60;
        if (MathF.Abs(y - StrokeFont.XHeight) < Near) return 55;
        if (MathF.Abs(y - StrokeFont.Ascender) < Near) return 40;
        return MathF.Abs(y - StrokeFont.Descender) < Near ? 30 : 0;
    }
}
