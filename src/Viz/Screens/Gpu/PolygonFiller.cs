using System.Numerics;

namespace DreamViz.Viz.Screens.Gpu;

/// <summary>Cuts a simple polygon into triangles (ear clipping) with an edge that fades out over one pixel.</summary>
internal sealed class PolygonFiller
{
    private readonly List<Vector2> inner = [];
    private readonly List<Vector2> outer = [];
    private readonly List<int> ring = [];

    /// <summary>A corner of a triangle.</summary>
    /// <param name="Position">Where.</param>
    /// <param name="Inside">Whether it is opaque; clear corners lie on the outer rim.</param>
    internal readonly record struct Corner(Vector2 Position, bool Inside);

    /// <summary>The triangles of the last <see cref="Fill"/>.</summary>
    public List<Corner[]> Triangles { get; } = [];

    /// <summary>Replaces <see cref="Triangles"/> by those of this polygon.</summary>
    public void Fill(ReadOnlySpan<Vector2> points)
    {
        Triangles.Clear();
        inner.Clear();
        outer.Clear();
        if (points.Length < 3) return;
        float winding = MathF.Sign(SignedArea(points));
        for (int i = 0; i < points.Length; i++)
        {
            Vector2 p = points[i], into = p - points[(i + points.Length - 1) % points.Length], outOf = points[(i + 1) % points.Length] - p;
            Vector2 n = Outward(into, winding) + Outward(outOf, winding);
            n = n.LengthSquared() < 1e-6f ? Vector2.Zero : Vector2.Normalize(n);
            inner.Add(p - n / 2);
            outer.Add(p + n / 2);
        }

        for (int i = 0; i < inner.Count; i++)
        {
            int j = (i + 1) % inner.Count;
            Triangles.Add([new(inner[i], true), new(inner[j], true), new(outer[j], false)]);
            Triangles.Add([new(inner[i], true), new(outer[j], false), new(outer[i], false)]);
        }

        ClipEars(winding);
    }

    private static Vector2 Outward(Vector2 edge, float winding) =>
        edge.LengthSquared() < 1e-8f ? Vector2.Zero : Vector2.Normalize(new Vector2(edge.Y, -edge.X)) * winding;

    private static float SignedArea(ReadOnlySpan<Vector2> points)
    {
        float twice = 0;
        for (int i = 0; i < points.Length; i++) twice += Cross(points[i], points[(i + 1) % points.Length]);
        return twice / 2;
    }

    private static float Cross(Vector2 a, Vector2 b) => a.X * b.Y - a.Y * b.X;

    private void ClipEars(float winding)
    {
        ring.Clear();
        for (int i = 0; i < inner.Count; i++) ring.Add(i);
        while (ring.Count > 2)
        {
            int at = FindEar(winding);
            Triangles.Add([new(At(at - 1), true), new(At(at), true), new(At(at + 1), true)]);
            ring.RemoveAt(at);
        }
    }

    /// <summary>An ear; where drawing in the edge left none (in the tip of a crescent it crosses itself within a pixel), the
    /// flattest corner.</summary>
    private int FindEar(float winding)
    {
        int flattest = 0;
        for (int at = 0; at < ring.Count; at++)
        {
            if (IsEar(at, winding)) return at;
            if (MathF.Abs(Turn(at)) < MathF.Abs(Turn(flattest))) flattest = at;
        }

        return flattest;
    }

    private float Turn(int at) => Cross(At(at) - At(at - 1), At(at + 1) - At(at));

    private Vector2 At(int i) => inner[ring[(i + ring.Count) % ring.Count]];

    private bool IsEar(int at, float winding)
    {
        Vector2 a = At(at - 1), b = At(at), c = At(at + 1);
        if (Turn(at) * winding <= 0) return false;
        for (int k = 2; k < ring.Count - 1; k++)
        {
            Vector2 p = At(at + k);
            bool inside = Cross(b - a, p - a) * winding >= 0 && Cross(c - b, p - b) * winding >= 0 && Cross(a - c, p - c) * winding >= 0;
            if (inside) return false;
        }

        return true;
    }
}
