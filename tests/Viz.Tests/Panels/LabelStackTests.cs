using DreamViz.Viz.Panels;

namespace DreamViz.Viz.Tests.Panels;

public sealed class LabelStackTests
{
    [Fact]
    public void Labels_with_room_stay_where_they_are() => Assert.Equal([10, 90, 50], Spread(10, 90, 50));

    [Fact]
    public void Labels_of_near_curves_move_apart_in_the_order_of_the_curves()
    {
        Assert.Equal([70, 50, 30], Spread(31, 30.5f, 30));
        Assert.Equal([80, 100, 60], Spread(98, 99, 60));
    }

    [Fact]
    public void All_stay_between_top_and_bottom()
    {
        Random random = new(1);
        for (int trial = 0; trial < 500; trial++)
        {
            float[] before = [.. Enumerable.Range(0, 1 + random.Next(6)).Select(_ => 200 * random.NextSingle() - 50)];
            float[] after = Spread(before);
            int[] order = [.. Enumerable.Range(0, before.Length).OrderBy(i => before[i])];
            Assert.All(after, y => Assert.InRange(y, 0, 100));
            for (int i = 1; i < order.Length; i++) Assert.True(after[order[i]] - after[order[i - 1]] >= 19.99f);
        }
    }

    private static float[] Spread(params float[] heights)
    {
        LabelStack.Spread(heights, 20, 0, 100);
        return heights;
    }
}
