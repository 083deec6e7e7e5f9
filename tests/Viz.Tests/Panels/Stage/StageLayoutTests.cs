using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;

namespace DreamViz.Viz.Tests.Panels.Stage;

public class StageLayoutTests
{
    public static TheoryData<int[]> Networks => new(
        [16, 12, 4], [64, 48, 24, 12], [64, 32], [64, 32, 16], [784, 200, 200], [784, 100, 50, 20], [784, 500, 300, 100],
        [25, 16], [64, 10], [64, 7, 5], [784, 1000], [64, 100, 80, 60, 40, 20, 10], [64, 1, 2, 3]);

    [Theory, MemberData(nameof(Networks))]
    public void Layers_stand_between_picture_and_seam_without_overlap(int[] sizes)
    {
        StageLayout layout = Layout(sizes);
        float left = StageMetrics.Margin + StageMetrics.Picture;
        for (int layer = 1; layer < sizes.Length; layer++)
        {
            LayerPlace place = layout.Place(World.Wake, layer);
            Assert.True(place.Left - left >= StageMetrics.LeastGap, $"gap before layer {layer}: {place.Left - left}");
            Assert.True(place.Right > place.Left);
            left = place.Right;
        }

        Assert.Equal(StageMetrics.Axis - StageMetrics.HalfSeam, left, 2);
    }

    [Theory, MemberData(nameof(Networks))]
    public void Every_cell_lies_inside_its_layer_and_apart_from_every_other(int[] sizes)
    {
        StageLayout layout = Layout(sizes);
        foreach (World world in Enum.GetValues<World>())
        {
            for (int layer = 1; layer < sizes.Length; layer++)
            {
                LayerPlace place = layout.Place(world, layer);
                var seen = new HashSet<(int, int)>();
                for (int unit = 0; unit < sizes[layer]; unit++)
                {
                    Box cell = place.CellBox(unit);
                    Assert.InRange(cell.X, place.Left - 0.01f, place.Right);
                    Assert.InRange(cell.Right, place.Left, place.Right + 0.01f);
                    Assert.InRange(cell.Y, StageMetrics.Top - 0.01f, StageMetrics.Bottom);
                    Assert.InRange(cell.Bottom, StageMetrics.Top, StageMetrics.Bottom + 0.01f);
                    Assert.Equal(unit, place.HitTest(cell.Center.X, cell.Center.Y));
                    Assert.True(seen.Add(((int)MathF.Round(cell.X * 4), (int)MathF.Round(cell.Y * 4))));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 2)]
    [InlineData(10, 7)]
    [InlineData(0, 40)]
    public void Real_valued_units_stand_between_the_deepest_units_and_the_seam_without_touching_any(int classes, int dials)
    {
        int[] sizes = [784, 100, 30 + classes];
        var layout = new StageLayout(sizes, 28, 28, classes: classes, gaussianUnits: dials);
        foreach (World world in Enum.GetValues<World>())
        {
            LayerPlace place = layout.GaussianPlace(world)!, deepest = layout.Place(world, 2);
            for (int unit = 0; unit < dials; unit++)
            {
                Box box = place.CellBox(unit);
                Assert.True(box.Width > 5);
                Assert.InRange(box.X, deepest.Left, deepest.Right);
                Assert.InRange(box.Y, StageMetrics.Top - 0.01f, StageMetrics.Bottom);
                Assert.True(layout.HitGaussian(box.Center, out World hit, out int found));
                Assert.Equal((world, unit), (hit, found));
                Assert.False(layout.HitTest(box.Center, out _, out _, out _));
                for (int bit = 0; bit < sizes[2]; bit++) Assert.False(Overlap(box.Grow(3), deepest.CellBox(bit)));
            }
        }

        Assert.Null(new StageLayout(sizes, 28, 28, classes: classes).GaussianPlace(World.Wake));

        static bool Overlap(Box a, Box b) => a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;
    }

    [Theory, MemberData(nameof(Networks))]
    public void The_dream_side_is_the_wake_side_reflected(int[] sizes)
    {
        StageLayout layout = Layout(sizes);
        for (int layer = 1; layer < sizes.Length; layer++)
        {
            for (int unit = 0; unit < sizes[layer]; unit++)
            {
                Box mirrored = StageMetrics.Mirror(layout.Place(World.Wake, layer).CellBox(unit));
                Box dream = layout.Place(World.Dream, layer).CellBox(unit);
                Assert.Equal(mirrored.X, dream.X, 2);
                Assert.Equal(mirrored.Y, dream.Y, 2);
                Assert.Equal(mirrored.Width, dream.Width, 2);
            }
        }
    }

    [Theory]
    [InlineData(48, 22, 12, 4)]
    [InlineData(24, 22, 12, 2)]
    [InlineData(200, 13, 20, 10)]
    [InlineData(400, 9, 29, 14)]
    [InlineData(1000, 6, 44, 23)]
    public void The_pitch_follows_the_table(int units, float pitch, int rows, int columns)
    {
        LayerPitch size = LayerPitch.For(units);
        Assert.Equal((pitch, rows, columns), (size.Pitch, size.Rows, size.Columns(units)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(500)]
    public void The_last_column_is_nearly_full(int units)
    {
        LayerPitch size = LayerPitch.For(units);
        Assert.InRange(size.Columns(units) * size.Rows - units, 0, units * 0.04);
        Assert.InRange(size.Rows * size.Pitch, StageMetrics.Picture * 0.94, StageMetrics.Picture);
    }

    [Fact]
    public void The_layer_of_wide_large_cells_gets_smaller_ones_when_there_is_no_room()
    {
        StageLayout layout = Layout([784, 500, 300, 100]);
        Assert.True(layout.Place(World.Wake, 3).Parts[0].Grid.Pitch < LayerPitch.For(100).Pitch);
        Assert.Equal(LayerPitch.For(300).Pitch, layout.Place(World.Wake, 2).Parts[0].Grid.Pitch);
        Assert.Equal(LayerPitch.For(500).Pitch, layout.Place(World.Wake, 1).Parts[0].Grid.Pitch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public void A_single_column_stands_close_to_the_seam(int units)
    {
        LayerPlace place = Layout([64, 48, units]).Place(World.Wake, 2);
        Assert.Equal(StageMetrics.Axis - StageMetrics.HalfSeam - 1, place.CellBox(0).Right);
        Assert.Equal(place.CellBox(0).Right, place.Port(0, inwards: true).X);
    }

    [Fact]
    public void Full_columns_fill_the_height_of_the_picture()
    {
        LayerPlace place = Layout([64, 48, 24, 12]).Place(World.Wake, 1);
        Assert.Equal(StageMetrics.Top + 1, place.CellBox(0).Y);
        Assert.Equal(StageMetrics.Bottom - 1, place.CellBox(11).Bottom);
    }

    [Fact]
    public void Curves_end_at_the_edges_of_layers_at_the_height_of_their_unit()
    {
        StageLayout layout = Layout([64, 48, 24, 12]);
        LayerPlace place = layout.Place(World.Dream, 1);
        Assert.Equal(place.Left + 1, layout.Port(World.Dream, 1, 30, inwards: true).X);
        Assert.Equal(place.Right - 1, layout.Port(World.Dream, 1, 30, inwards: false).X);
        Assert.Equal(place.CellBox(30).Center.Y, layout.Port(World.Dream, 1, 30, inwards: true).Y);
        Assert.Equal(layout.DreamPicture.Tile.X, layout.Port(World.Dream, 0, 63, inwards: true).X);
    }

    [Fact]
    public void The_same_unit_is_hit_at_mirrored_points()
    {
        StageLayout layout = Layout([64, 48, 24, 12]);
        var center = layout.Place(World.Wake, 2).CellBox(17).Center;
        Assert.True(layout.HitTest(center, out World world, out int layer, out int unit));
        Assert.Equal((World.Wake, 2, 17), (world, layer, unit));
        center.X = Canvas.DesignWidth - center.X;
        Assert.True(layout.HitTest(center, out world, out layer, out unit));
        Assert.Equal((World.Dream, 2, 17), (world, layer, unit));
        Assert.False(layout.HitTest(new(640, 60), out _, out _, out _));
    }

    [Fact]
    public void Small_pictures_keep_an_empty_cell_around_them()
    {
        var small = new PicturePlace(World.Wake, new(0, 0, 264, 264), 8, 8);
        Span<byte> padded = new byte[100];
        Span<byte> picture = new byte[64];
        picture.Fill(9);
        small.Pad(picture, padded);
        Assert.Equal((10, 26.4f), (small.PaddedSide, small.Pitch));
        Assert.Equal(0, padded[9 * 10 + 5]);
        Assert.Equal(9, padded[11]);
        Assert.Equal(9, padded[88]);
        Assert.Equal(28, new PicturePlace(World.Wake, new(0, 0, 264, 264), 28, 28).PaddedSide);
    }

    private static StageLayout Layout(int[] sizes)
    {
        int side = (int)Math.Sqrt(sizes[0]);
        return new(sizes, side, side);
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(26, 100)]
    [InlineData(2, 1)]
    public void A_label_stands_in_a_column_of_its_own_at_the_seam_apart_from_the_units_beside_it(int classes, int units)
    {
        var layout = new StageLayout([64, 48, classes + units], 8, 8, classes: classes);
        foreach (World world in new[] { World.Wake, World.Dream })
        {
            LayerPlace place = layout.Place(world, 2);
            float nearest = Enumerable.Range(0, classes).Max(i => FromSeam(place.CellBox(i)));
            Assert.All(Enumerable.Range(classes, units), i => Assert.True(FromSeam(place.CellBox(i)) > nearest));
            Assert.Equal(3 % classes, place.HitTest(place.CellBox(3 % classes).Center.X, place.CellBox(3 % classes).Center.Y));
        }

        Assert.True(layout.IsLabel(2, classes - 1));
        Assert.False(layout.IsLabel(2, classes));

        static float FromSeam(Box cell) => Math.Abs(cell.Center.X - StageMetrics.Axis);
    }
}
