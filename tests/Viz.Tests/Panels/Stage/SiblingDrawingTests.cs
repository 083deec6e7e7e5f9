using System.Numerics;
using DreamViz.Engine.Models;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Tests.Panels.Stage;

public class SiblingDrawingTests
{
    private readonly StageFixture stage = new(AutoregressiveParts.Prior | AutoregressiveParts.Recognition, 24, 12);

    public SiblingDrawingTests()
    {
        foreach (ConditionalLayer layer in stage.Machine.Generative.Layers.Concat(stage.Machine.Recognition.Layers))
        {
            // Unit j pushes those behind it by ±(j + 1): the nearer, the more.
            for (int j = 0; layer.SiblingWeights is { } siblings && j < siblings.Rows; j++)
                siblings.Row(j)[(j + 1)..].Fill(j % 2 == 0 ? j + 1 : -j - 1);
        }
    }

    [Theory]
    [InlineData(World.Dream, 2, 9)]
    [InlineData(World.Wake, 1, 20)]
    [InlineData(World.Wake, 2, 3)]
    [InlineData(World.Wake, 2, 0)]
    public void Pointing_at_a_unit_shows_the_six_siblings_before_it_that_push_it_most(World world, int layer, int unit)
    {
        int[] expected = [.. Enumerable.Range(0, unit).TakeLast(6)];
        List<(Vector2 From, Vector2 To, bool Dashed)> arcs = Arcs(world, layer, unit);
        Assert.Equal(expected.Select(j => stage.Center(world, layer, j)), arcs.Select(arc => arc.From));
        Assert.All(arcs, arc => Assert.Equal(stage.Center(world, layer, unit), arc.To));
        Assert.Equal(expected.Select(j => j % 2 != 0), arcs.Select(arc => arc.Dashed));
    }

    [Fact]
    public void Units_that_are_independent_given_their_parents_have_no_arcs() => Assert.Empty(Arcs(World.Dream, 1, 20));

    [Theory]
    [InlineData(World.Wake, 1, true)]
    [InlineData(World.Wake, 2, true)]
    [InlineData(World.Dream, 2, true)]
    [InlineData(World.Dream, 1, false)]
    public void Units_that_are_drawn_in_an_order_are_stitched_to_the_next_below_them(World world, int layer, bool inOrder)
    {
        stage.Observe(1000, 100, 100);
        stage.Run(0.2);
        LayerPlace place = stage.Layout.Place(world, layer);
        int[] above = [.. Enumerable.Range(0, place.Units - 1).Where(unit => place.CellBox(unit + 1).Y > place.CellBox(unit).Y)];
        List<Box> stitches = [.. stage.Operations().Stitches.Where(stitch => stitch.Center.X > place.Left && stitch.Center.X < place.Right)];
        Assert.Equal(inOrder ? above.Length : 0, stitches.Count);
        foreach ((Box stitch, int unit) in stitches.Zip(above))
        {
            Assert.True(stitch.Y < place.CellBox(unit).Bottom && stitch.Bottom > place.CellBox(unit + 1).Y);
            Assert.InRange(stitch.Center.X, place.CellBox(unit).Center.X - 1, place.CellBox(unit).Center.X + 1);
        }
    }

    private List<(Vector2 From, Vector2 To, bool Dashed)> Arcs(World world, int layer, int unit)
    {
        stage.Observe(1000, 100, 100);
        stage.Run(0.2);
        stage.Point(InputKind.PointerMove, stage.Center(world, layer, unit));
        stage.Run(0.1);
        return stage.Operations().Arcs;
    }
}
