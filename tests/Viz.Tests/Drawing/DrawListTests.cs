using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Drawing;

public sealed class DrawListTests
{
    [Fact]
    public void Replaying_into_another_list_gives_the_same_bytes()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var list = new DrawList();
            new RandomDrawing(seed).Draw(list, 50, odd: true);
            var copy = new DrawList();
            list.Replay(copy);
            Assert.True(list.Bytes.SequenceEqual(copy.Bytes));
        }
    }

    [Fact]
    public void A_cleared_list_holds_nothing()
    {
        var list = new DrawList();
        new RandomDrawing(1).Draw(list, 50, odd: false);
        Assert.NotEqual(0, list.Bytes.Length);
        list.Clear();
        Assert.Equal(0, list.Bytes.Length);
    }

    [Fact]
    public void Cells_need_a_glow_and_a_mark_each()
    {
        var list = new DrawList();
        var grid = new CellGrid(0, 0, 10, 8, 2, false, CellShape.Round, 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Cells(grid, new byte[4], new byte[3], new CellMark[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Cells(grid, new byte[4], new byte[4], new CellMark[5]));
        Assert.Equal(0, list.Bytes.Length);
    }
}
