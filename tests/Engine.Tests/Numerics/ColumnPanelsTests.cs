using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Kernels;

namespace DreamViz.Engine.Tests.Numerics;

public class ColumnPanelsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 17, 2)]
    [InlineData(784, 200, 2)]
    [InlineData(20, 784, 3)]
    [InlineData(5, 33, 8)]
    public void Give_back_what_they_took_with_its_padding(int rows, int columns, int count)
    {
        foreach (bool roundsUp in new[] { false, true })
        {
            Matrix given = Some.MatrixWithDirtyPadding(rows, columns, 1), taken = new(rows, columns);
            ColumnPanels panels = new(rows, columns, count, roundsUp);
            panels.CopyFrom(given);
            panels.CopyTo(taken);
            Assert.Equal(given.Flat.ToArray(), taken.Flat.ToArray());
        }
    }

    [Fact]
    public void Share_the_lines_without_gaps_and_as_evenly_as_they_can()
    {
        ColumnPanels last = new(1, 200, 2, roundsUp: false), first = new(1, 200, 2, roundsUp: true);
        Assert.Equal([0, 6, 13], [last.FirstLine(0), last.FirstLine(1), last.FirstLine(2)]);
        Assert.Equal([0, 7, 13], [first.FirstLine(0), first.FirstLine(1), first.FirstLine(2)]);
    }

    [Fact]
    public unsafe void Of_different_panels_no_elements_lie_near_each_other()
    {
        ColumnPanels panels = new(784, 200, 2, roundsUp: false);
        float* first = panels.Origin(0), second = panels.Origin(1) + 96;
        Assert.Equal(0u, (nuint)first % 64);
        Assert.Equal(0u, (nuint)second % 64);
        nint firstBytes = 784 * (nint)panels.Stride(0) * sizeof(float), secondBytes = 784 * (nint)panels.Stride(1) * sizeof(float);
        nint between = (nint)((byte*)second - (byte*)first);
        Assert.True(between >= firstBytes || -between >= secondBytes);
    }

    [Fact]
    public void Room_is_used_again_only_where_it_has_the_shape()
    {
        ColumnPanels weights = new(784, 200, 2, roundsUp: true), room = ColumnPanels.Like(weights, 100, null);
        Assert.Same(room, ColumnPanels.Like(weights, 100, room));
        Assert.NotSame(room, ColumnPanels.Like(weights, 99, room));
        Assert.NotSame(room, ColumnPanels.Like(new ColumnPanels(784, 200, 2, roundsUp: false), 100, room));
        Assert.NotSame(room, ColumnPanels.Like(new ColumnPanels(784, 200, 3, roundsUp: true), 100, room));
        Assert.NotSame(room, ColumnPanels.Like(new ColumnPanels(784, 201, 2, roundsUp: true), 100, room));
    }

    [Fact]
    public void Their_sum_tells_of_an_element_that_is_not_finite()
    {
        Matrix matrix = new(5, 40);
        ColumnPanels panels = new(5, 40, 2, roundsUp: false);
        matrix[4, 39] = 3;
        panels.CopyFrom(matrix);
        Assert.Equal(3, panels.Sum());
        matrix[2, 1] = float.NaN;
        panels.CopyFrom(matrix);
        Assert.Equal(float.NaN, panels.Sum());
    }
}
