using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>Walks along a polyline and stops at every straight piece of a dash; dashes and gaps have one length, and the first
/// dash begins at the first point.</summary>
internal ref struct DashWalker(ReadOnlySpan<Vector2> points, float dash)
{
    private readonly ReadOnlySpan<Vector2> points = points;
    private readonly float dash = dash;
    private int segment = 1;
    private float at;
    private float left = dash;
    private bool drawn = true;

    /// <summary>Where the piece begins.</summary>
    public Vector2 From { get; private set; }

    /// <summary>Where it ends.</summary>
    public Vector2 To { get; private set; }

    /// <summary>Goes on to the next piece; false behind the last point.</summary>
    public bool MoveNext()
    {
        while (segment < points.Length)
        {
            Vector2 a = points[segment - 1], b = points[segment];
            float length = Vector2.Distance(a, b);
            if (at >= length)
            {
                segment++;
                at = 0;
                continue;
            }

            float end = MathF.Min(length, at + left);
            (From, To) = (Vector2.Lerp(a, b, at / length), Vector2.Lerp(a, b, end / length));
            left -= end - at;
            at = end;
            bool piece = drawn;
            if (left <= 1e-4f * dash) (drawn, left) = (!drawn, dash);
            if (piece) return true;
        }

        return false;
    }
}
