using System.Numerics;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Straight pieces of lines.</summary>
internal static class Segment
{
    /// <summary>|p − (a + t (b − a))|² with t = clamp((p − a)·(b − a) / |b − a|², 0, 1).</summary>
    public static float SquaredDistance(Vector2 p, Vector2 a, Vector2 b)
    {
        Vector2 along = b - a;
        float t = Math.Clamp(Vector2.Dot(p - a, along) / (along.LengthSquared() + 1e-12f), 0, 1);
        return Vector2.DistanceSquared(p, a + along * t);
    }
}
