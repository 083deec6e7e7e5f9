using System.Numerics;

namespace DreamViz.Viz.Screens.Gpu;

/// <summary>Cuts a polyline into dashes and gaps of one length.</summary>
internal static class Dashes
{
    /// <summary>The dashes, each a straight piece; the first begins at the first point.</summary>
    public static IEnumerable<(Vector2 From, Vector2 To)> Split(Vector2[] points, float dash)
    {
        float walked = 0;
        for (int i = 0; i + 1 < points.Length; i++)
        {
            float length = Vector2.Distance(points[i], points[i + 1]);
            for (float at = 0; at < length;)
            {
                float period = walked % (2 * dash), rest = (period < dash ? dash : 2 * dash) - period;
                float end = MathF.Min(length, at + MathF.Max(rest, 1e-3f));
                if (period < dash) yield return (Vector2.Lerp(points[i], points[i + 1], at / length), Vector2.Lerp(points[i], points[i + 1], end / length));
                walked += end - at;
                at = end;
            }
        }
    }
}
