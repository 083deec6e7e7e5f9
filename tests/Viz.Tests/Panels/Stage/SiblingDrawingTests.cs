using System.Numerics;
using DreamViz.Engine.Models;
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

    private List<(Vector2 From, Vector2 To, bool Dashed)> Arcs(World world, int layer, int unit)
    {
        stage.Observe(1000, 100, 100);
        stage.Run(0.2);
        stage.Point(InputKind.PointerMove, stage.Center(world, layer, unit));
        stage.Run(0.1);
        return stage.Operations().Arcs;
    }
}
