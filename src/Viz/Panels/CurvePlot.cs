using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels;

/// <summary>A curve through values at growing positions: where several fall into one pixel column, its least and its greatest
/// are kept, so that no peak gets lost.</summary>
internal sealed class CurvePlot
{
    private const int MostPoints = 512;

    private readonly List<Vector2> points = [];
    private int column = int.MinValue;
    private float low;
    private float high;
    private float last;

    /// <summary>The corners of the curve, in the order of adding.</summary>
    public IReadOnlyList<Vector2> Points => points;

    /// <summary>Forgets the curve.</summary>
    public void Clear()
    {
        points.Clear();
        column = int.MinValue;
    }

    /// <summary>Adds a value, at an x not left of the last one.</summary>
    public void Add(float x, float y)
    {
        int newColumn = (int)MathF.Floor(x);
        if (newColumn != column)
        {
            FinishColumn();
            (column, low, high) = (newColumn, y, y);
            points.Add(new(x, y));
        }

        (low, high, last) = (MathF.Min(low, y), MathF.Max(high, y), y);
    }

    /// <summary>Draws the curve, its newest value marked by a disc.</summary>
    public void Draw(Canvas canvas, float width, Rgba color, float dash = 0)
    {
        FinishColumn();
        if (points.Count == 0) return;
        Span<Vector2> part = stackalloc Vector2[Math.Min(points.Count, MostPoints)];
        for (int start = 0; start < points.Count - 1; start += MostPoints - 1)
        {
            int count = Math.Min(MostPoints, points.Count - start);
            for (int i = 0; i < count; i++) part[i] = points[start + i];
            canvas.Line(part[..count], width, color, dash);
        }

        canvas.Disc(points[^1], 3.5f, color);
    }

    private void FinishColumn()
    {
        if (column == int.MinValue || low == high) return;
        float x = points[^1].X, first = points[^1].Y;
        if (first != low) points.Add(new(x, low));
        if (first != high) points.Add(new(x, high));
        if (points[^1].Y != last) points.Add(new(x, last));
        (low, high) = (last, last);
    }
}
