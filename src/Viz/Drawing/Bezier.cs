using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>Cubic Bézier curves.</summary>
internal static class Bezier
{
    /// <summary>How many chords stand for a curve of <see cref="IDrawTarget.Curve"/>, on every screen.</summary>
    public const int Chords = 16;

    /// <summary>(1−t)³ p₀ + 3(1−t)²t p₁ + 3(1−t)t² p₂ + t³ p₃.</summary>
    public static Vector2 At(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float t)
    {
        float s = 1 - t;
        return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3;
    }

    /// <summary>The ends of all chords, [<see cref="Chords"/> + 1]. Overwritten.</summary>
    public static void Flatten(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, Span<Vector2> points)
    {
        for (int i = 0; i <= Chords; i++) points[i] = At(p0, p1, p2, p3, i / (float)Chords);
    }
}
