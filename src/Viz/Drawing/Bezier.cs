using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>Cubic Bézier curves.</summary>
internal static class Bezier
{
    /// <summary>(1−t)³ p₀ + 3(1−t)²t p₁ + 3(1−t)t² p₂ + t³ p₃.</summary>
    public static Vector2 At(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float t)
    {
        float s = 1 - t;
        return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3;
    }
}
