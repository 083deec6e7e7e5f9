using System.Numerics;
using DreamViz.Viz.Screens.Gpu;

namespace DreamViz.Viz.Tests.Screens.Gpu;

public sealed class PolygonFillerTests
{
    public static TheoryData<string, float[]> Polygons => new()
    {
        { "triangle", [0, 0, 40, 10, 5, 50] },
        { "square, clockwise", [0, 0, 30, 0, 30, 30, 0, 30] },
        { "square, counterclockwise", [0, 0, 0, 30, 30, 30, 30, 0] },
        { "arrow with a notch", [0, 0, 60, 20, 0, 40, 20, 20] },
        { "letter U", [0, 0, 15, 0, 15, 40, 45, 40, 45, 0, 60, 0, 60, 60, 0, 60] },
    };

    [Theory]
    [MemberData(nameof(Polygons))]
    public void Opaque_triangles_cover_the_polygon_once_but_for_half_a_pixel_of_edge(string name, float[] coordinates)
    {
        Vector2[] points = [.. coordinates.Chunk(2).Select(pair => new Vector2(pair[0], pair[1]))];
        var filler = new PolygonFiller();
        filler.Fill(points);
        PolygonFiller.Corner[][] opaque = [.. filler.Triangles.Where(triangle => triangle.All(corner => corner.Inside))];
        Assert.Equal(points.Length - 2, opaque.Length);
        float area = Area(points), covered = opaque.Sum(triangle => Area([.. triangle.Select(corner => corner.Position)]));
        float perimeter = points.Select((p, i) => Vector2.Distance(p, points[(i + 1) % points.Length])).Sum();
        Assert.True(covered < area && covered > area - 0.5f * perimeter, $"{name}: {covered} of {area}");
    }

    [Fact]
    public void The_thin_tips_of_a_crescent_do_not_stop_its_filling()
    {
        IEnumerable<Vector2> outer = Enumerable.Range(0, 33).Select(i => Around(new(10, 10), 10, 0.2f + i * 0.15f));
        IEnumerable<Vector2> inner = Enumerable.Range(0, 33).Reverse().Select(i => Around(new(14.3f, 8.8f), 8, 0.6f + i * 0.135f));
        Vector2[] moon = [.. outer, .. inner];
        var filler = new PolygonFiller();
        filler.Fill(moon);
        float covered = filler.Triangles.Where(triangle => triangle.All(corner => corner.Inside))
            .Sum(triangle => Area([.. triangle.Select(corner => corner.Position)]));
        Assert.InRange(covered, 0.6f * Area(moon), 1.05f * Area(moon));
    }

    [Fact]
    public void Fewer_than_three_points_are_nothing()
    {
        var filler = new PolygonFiller();
        filler.Fill([new(1, 1), new(5, 5)]);
        Assert.Empty(filler.Triangles);
    }

    private static Vector2 Around(Vector2 center, float radius, float angle) =>
        center + radius * new Vector2(MathF.Cos(angle), MathF.Sin(angle));

    private static float Area(Vector2[] points)
    {
        float twice = 0;
        for (int i = 0; i < points.Length; i++)
        {
            Vector2 p = points[i], q = points[(i + 1) % points.Length];
            twice += p.X * q.Y - p.Y * q.X;
        }

        return MathF.Abs(twice) / 2;
    }
}
