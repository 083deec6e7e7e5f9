using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels;

namespace DreamViz.Viz.Tests.Panels;

public sealed class CurvePlotTests
{
    private readonly CurvePlot plot = new();

    [Fact]
    public void Keeps_the_least_and_the_greatest_value_of_every_pixel_column()
    {
        var random = new Random(7);
        var values = new List<Vector2>();
        for (int i = 0; i < 2000; i++) values.Add(new(i * 0.05f, random.NextSingle() * 100));
        foreach (Vector2 value in values) plot.Add(value.X, value.Y);
        Finish();
        foreach (IGrouping<float, Vector2> column in values.GroupBy(v => MathF.Floor(v.X)))
        {
            IEnumerable<float> kept = plot.Points.Where(p => MathF.Floor(p.X) == column.Key).Select(p => p.Y);
            Assert.Equal(column.Min(v => v.Y), kept.Min());
            Assert.Equal(column.Max(v => v.Y), kept.Max());
        }

        Assert.True(plot.Points.Count <= 4 * 100);
    }

    [Fact]
    public void Ends_at_the_newest_value()
    {
        foreach (float y in (float[])[5, 1, 9, 4]) plot.Add(3.2f, y);
        Finish();
        Assert.Equal(4, plot.Points[^1].Y);
    }

    [Fact]
    public void Keeps_every_value_where_columns_hold_one()
    {
        for (int i = 0; i < 10; i++) plot.Add(i, i * i);
        Finish();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => new Vector2(i, i * i)), plot.Points);
    }

    private void Finish()
    {
        var canvas = new Canvas(new DrawList(), GlyphCache.Shared);
        canvas.Begin(1280, 720);
        plot.Draw(canvas, 1, Palette.Text);
    }
}
