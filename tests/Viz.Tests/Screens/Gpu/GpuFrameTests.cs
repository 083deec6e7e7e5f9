using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Gpu;

namespace DreamViz.Viz.Tests.Screens.Gpu;

public sealed class GpuFrameTests
{
    private readonly GpuFrame frame = new(_ => new GlyphPlace(3, 5, 8, 10, 1, -9));

    public GpuFrameTests() => frame.Begin(640, 360);

    [Fact]
    public void Shapes_in_a_row_are_one_draw()
    {
        frame.Fill(new(10, 10, 50, 20), 4, Palette.Wake);
        frame.Line([new(0, 0), new(100, 50), new(20, 90)], 2, 0, Palette.Text);
        frame.Glyphs(100, [new(1, 20), new(2, 30)], Palette.Text);
        Assert.Single(frame.Runs.ToArray());
        Assert.Equal(frame.Vertices.Length, frame.Runs[0].Count);
    }

    [Fact]
    public void A_picture_and_a_layer_of_units_are_draws_of_their_own_in_the_order_given()
    {
        frame.Fill(new(0, 0, 9, 9), 0, Palette.Wake);
        frame.Image(new(0, 0, 64, 64), 0, 8, new byte[64], ColorMap.Dream, Sampling.Smooth, 1);
        frame.Cells(new(10, 10, 22, 20, 3, false, CellShape.Round, 1, 1), [0, 128, 255], [0, 0, 9], [CellMark.None, CellMark.Dot, CellMark.Ring]);
        frame.Fill(new(0, 0, 9, 9), 0, Palette.Wake);
        Assert.Equal([GpuEffect.Shape, GpuEffect.Image, GpuEffect.Cells, GpuEffect.Shape], frame.Runs.ToArray().Select(run => run.Effect));
        Assert.Equal(new byte[] { 0, 0, 0, 0, 128, 0, 1, 0, 255, 9, 16, 0 }, frame.Payload[64..].ToArray());
        Assert.True(frame.Layers[0].Glows);
    }

    [Fact]
    public void Nothing_outside_the_clip_is_drawn_and_clips_intersect()
    {
        frame.PushClip(new(100, 100, 50, 50));
        frame.PushClip(new(0, 0, 120, 400));
        frame.Fill(new(0, 0, 50, 50), 0, Palette.Wake);
        Assert.Equal(0, frame.Runs.Length);
        frame.Fill(new(90, 90, 50, 50), 0, Palette.Wake);
        Assert.Equal(new Box(100, 100, 20, 50), frame.Runs[0].Clip);
        frame.PopClip();
        frame.PopClip();
        frame.PopClip();
        frame.Fill(new(0, 0, 50, 50), 0, Palette.Wake);
        Assert.Equal(new Box(0, 0, 640, 360), frame.Runs[1].Clip);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-3e38f)]
    public void Coordinates_that_mean_nothing_draw_nothing(float bad)
    {
        Vector2 p = new(bad, 10);
        frame.Fill(new(bad, 0, 10, 10), 2, Palette.Wake);
        frame.Stroke(new(0, 0, 10, bad), 2, 1, Palette.Wake);
        frame.Line([p, new(3, 3)], 1, 0, Palette.Wake);
        frame.Line([p, new(3, 3)], 1, 4, Palette.Wake);
        frame.Curve(p, new(3, 3), new(4, 9), new(5, 5), 1, Palette.Wake);
        frame.Polygon([p, new(3, 3), new(9, 9)], Palette.Wake);
        frame.Glow(p, 5, Palette.Wake);
        frame.Glow(new(5, 5), bad, Palette.Wake);
        frame.Gradient(new(0, bad, 10, 10), Palette.Wake, Palette.Dream, true);
        frame.Image(new(bad, 0, 9, 9), 0, 2, [1, 2, 3, 4], ColorMap.Wake, Sampling.Smooth, 1);
        frame.Cells(new(bad, 0, 9, 8, 2, false, CellShape.Square, 1, 1), [1, 2], [0, 0], [default, default]);
        Assert.True(frame.Vertices.Length == 0 || bad < 0, $"{frame.Vertices.Length} vertices");
        foreach (GpuVertex vertex in frame.Vertices) Assert.True(float.IsFinite(vertex.Position.X + vertex.Position.Y));
    }

    [Fact]
    public void A_dashed_line_leaves_gaps_as_long_as_its_dashes_around_a_corner()
    {
        var dashes = new DashWalker([new(0, 0), new(10, 0), new(10, 14)], 4);
        var pieces = new List<(Vector2, Vector2)>();
        while (dashes.MoveNext()) pieces.Add((dashes.From, dashes.To));
        Assert.Equal(
            [
                (new(0, 0), new(4, 0)), (new(8, 0), new(10, 0)), (new(10, 0), new(10, 2)), (new(10, 6), new(10, 10)),
            ],
            pieces.Select(piece => (Rounded(piece.Item1), Rounded(piece.Item2))));
    }

    private static Vector2 Rounded(Vector2 v) => new(MathF.Round(v.X, 3), MathF.Round(v.Y, 3));
}
