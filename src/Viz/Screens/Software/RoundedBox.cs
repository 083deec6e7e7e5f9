using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>
/// The signed distance to a rounded box, negative inside: with q = |p − center| − half + radius,
/// |max(q, 0)| + min(max(q.x, q.y), 0) − radius.
/// </summary>
/// <remarks>Source: Inigo Quilez, "2D distance functions".</remarks>
internal readonly struct RoundedBox
{
    private readonly Vector2 center;
    private readonly Vector2 half;

    public RoundedBox(Box box, float radius)
    {
        Box = box;
        center = box.Center;
        half = new(box.Width / 2, box.Height / 2);
        Radius = Math.Clamp(radius, 0, MathF.Max(0, MathF.Min(half.X, half.Y)));
    }

    /// <summary>The box.</summary>
    public Box Box { get; }

    /// <summary>The corners' radius, at most half the shorter side.</summary>
    public float Radius { get; }

    /// <summary>The distance of a point from the edge, in pixels.</summary>
    public float Distance(float x, float y)
    {
        float qx = MathF.Abs(x - center.X) - half.X + Radius, qy = MathF.Abs(y - center.Y) - half.Y + Radius;
        float outsideX = MathF.Max(qx, 0), outsideY = MathF.Max(qy, 0);
        float outside = outsideX > 0 && outsideY > 0 ? MathF.Sqrt(outsideX * outsideX + outsideY * outsideY) : outsideX + outsideY;
        return outside + MathF.Min(MathF.Max(qx, qy), 0) - Radius;
    }

    /// <summary>The pixels from first to last in which the distance in a row, at this depth below the edge or less, depends on
    /// the row alone.</summary>
    public (int First, int Last) StraightPart(int left, int right, float depth)
    {
        float reach = half.X - MathF.Max(Radius, depth);
        int first = (int)MathF.Ceiling(Math.Clamp(center.X - reach - 0.5f, left, right));
        int last = (int)MathF.Floor(Math.Clamp(center.X + reach + 0.5f, left, right));
        return reach <= 0 || last <= first ? (right, right) : (first, last);
    }

    /// <summary>Coverage of a distance: clamp(0.5 − d, 0, 1).</summary>
    public static float Coverage(float distance) => Math.Clamp(0.5f - distance, 0, 1);
}
