using System.Numerics;
using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Panels.Stage;

public class StagePanelTests
{
    private readonly StageFixture stage = new(48, 24, 12);

    [Fact]
    public void Wake_units_are_square_on_the_left_and_dream_units_round_on_the_right()
    {
        stage.Observe(1000, 100, 100);
        stage.Run(0.2);
        Assert.Equal(6, stage.Operations().Layers.Count);
        Assert.All(stage.Operations().Layers, layer => Assert.Equal(layer.Grid.X < 640, layer.Grid.Shape == CellShape.Square));
    }

    [Fact]
    public void Every_gap_has_its_seventy_strongest_curves_which_never_cross_the_seam()
    {
        stage.Run();
        List<(Vector2 From, Vector2 To)> curves = stage.Operations().Curves;
        Assert.Equal(2 * 3 * Connections.CurvesPerGap, curves.Count);
        Assert.All(curves, curve => Assert.Equal(curve.From.X < 640, curve.To.X < 640));
        Assert.All(curves, curve => Assert.True(curve.From.X < curve.To.X));
    }

    [Fact]
    public void Slow_phases_are_lit_one_after_the_other_and_the_resting_half_keeps_its_state_faintly()
    {
        stage.Observe(0.5);
        stage.Run(0.5);
        Assert.Equal(StepPhases.Wake, stage.Scene.LitPhases);
        Assert.Contains(stage.Operations().Layers, layer => layer.Grid.X > 640 && layer.Grid.Opacity == HalfView.Resting);
        stage.Run(1.4);
        Assert.Equal(StepPhases.Sleep, stage.Scene.LitPhases);
        Assert.Contains(stage.Operations().Layers, layer => layer.Grid.X < 640 && layer.Grid.Opacity == HalfView.Resting && layer.Fill[0] == 255);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(3000)]
    public void Faster_phases_are_lit_together_so_that_nothing_large_flashes(double rate)
    {
        for (int i = 0; i < 20; i++)
        {
            stage.Observe(rate, 1, 1);
            stage.Run(0.05);
            Assert.Equal(StepPhases.Both, stage.Scene.LitPhases);
            Assert.All(stage.Operations().Layers, layer => Assert.Equal(1, layer.Grid.Opacity));
        }
    }

    [Fact]
    public void Reduced_motion_shows_no_glow()
    {
        stage.Observe(1000, 100, 100);
        stage.Run(0.02);
        Assert.Contains(stage.Operations().Layers, layer => layer.Glow.Any(glow => glow > 0));
        stage.Scene.ReducedMotion = true;
        stage.Observe(1000, 100, 100);
        stage.Run(0.5);
        Assert.All(stage.Operations().Layers, layer => Assert.All(layer.Glow, glow => Assert.Equal(0, glow)));
    }

    [Fact]
    public void Clicking_a_unit_turns_the_mirror_into_an_experiment_and_back()
    {
        stage.Click(World.Dream, 2, 7);
        stage.Run();
        Assert.Equal(Clamp.On, stage.Scene.Selection[new(2, 7)]);
        Assert.All(stage.Operations().Layers, layer => Assert.Equal(CellShape.Round, layer.Grid.Shape));
        Assert.Equal(CellMark.ClampOn, stage.Operations().Layers.Single(layer => layer.Grid.X > 640 && layer.Fill.Length == 24).Marks[7]);
        stage.Click(World.Wake, 2, 7);
        Assert.Equal(Clamp.Off, stage.Scene.Selection[new(2, 7)]);
        stage.Click(World.Dream, 2, 7);
        stage.Run();
        Assert.Equal(0, stage.Scene.Selection.HeldUnits);
        Assert.Contains(stage.Operations().Layers, layer => layer.Grid.Shape == CellShape.Square);
    }

    [Fact]
    public void Shift_holds_a_unit_only_while_it_is_pressed()
    {
        Vector2 at = stage.Center(World.Dream, 1, 3);
        stage.Point(InputKind.PointerMove, at);
        stage.Point(InputKind.PointerDown, at, Modifiers.Shift);
        Assert.Equal(Clamp.On, stage.Scene.Selection[new(1, 3)]);
        stage.Point(InputKind.PointerUp, at, Modifiers.Shift);
        Assert.Equal(Clamp.Free, stage.Scene.Selection[new(1, 3)]);
    }

    [Fact]
    public void Dragging_a_box_moves_all_units_in_it_on_together()
    {
        Vector2 from = stage.Center(World.Dream, 3, 2) - new Vector2(14, 9), to = stage.Center(World.Dream, 3, 5) + new Vector2(14, 9);
        stage.Point(InputKind.PointerMove, from);
        stage.Point(InputKind.PointerDown, from);
        stage.Point(InputKind.PointerMove, to);
        stage.Point(InputKind.PointerUp, to);
        Assert.Equal(4, stage.Scene.Selection.HeldUnits);
        Assert.Equal(Clamp.On, stage.Scene.Selection[new(3, 5)]);
        Assert.Equal(Clamp.Free, stage.Scene.Selection[new(3, 6)]);
    }

    [Fact]
    public void The_pointer_on_a_unit_lights_its_eight_strongest_connections()
    {
        stage.Run();
        int before = stage.Operations().Curves.Count;
        stage.Point(InputKind.PointerMove, stage.Center(World.Dream, 1, 10));
        stage.Run();
        Assert.Equal(new UnitId(1, 10), stage.Scene.Selection.Hovered);
        Assert.Equal(before + 8, stage.Operations().Curves.Count);
    }

    [Fact]
    public void Deep_and_wide_and_tiny_networks_all_stand_on_the_stage()
    {
        foreach (int[] latents in new int[][] { [12, 4], [200, 200], [500, 300, 100], [1] })
        {
            var other = new StageFixture(latents);
            other.Observe(1000, 100, 100);
            other.Run(0.1);
            Assert.Equal(2 * latents.Length, other.Operations().Layers.Count);
        }
    }

    [Fact]
    public void With_hidden_panels_the_camera_pans_in_slow_motion_to_the_world_where_something_happens()
    {
        stage.Scene.PanelsHidden = true;
        stage.Observe(0.5);
        stage.Run(0.8);
        float wakePicture = Left(CellShape.Square);
        Assert.InRange(wakePicture, 0, 1280);
        stage.Run(1.1);
        Assert.Equal(StepPhases.Sleep, stage.Scene.LitPhases);
        Assert.True(Left(CellShape.Square) < wakePicture - 300);
        Assert.Equal(1.5f, stage.Operations().Layers[0].Grid.Scale);

        float Left(CellShape shape) => stage.Operations().Layers.Where(layer => layer.Grid.Shape == shape).Min(layer => layer.Grid.X);
    }

    [Fact]
    public void Units_can_be_clicked_through_the_camera()
    {
        stage.Scene.PanelsHidden = true;
        stage.Observe(1000, 100, 100);
        stage.Run(0.1);
        CellGrid shown = stage.Operations().Layers.Single(layer => layer.Grid.X > 640 && layer.Fill.Length == 12).Grid;
        Vector2 at = new(shown.X + shown.Pitch / 2, shown.Y + 4.5f * shown.Pitch);
        stage.Point(InputKind.PointerMove, at);
        stage.Point(InputKind.PointerDown, at);
        stage.Point(InputKind.PointerUp, at);
        Assert.Equal(Clamp.On, stage.Scene.Selection[new(3, 4)]);
    }

    [Fact]
    public void A_small_network_stands_as_nodes_with_all_its_edges()
    {
        var tiny = new StageFixture(DataCatalog.Open("bars:4"), 12, 4);
        tiny.Observe(1000, 100, 100);
        tiny.Run(0.1);
        Assert.True(tiny.Layout.ShowsNodes);
        Assert.Empty(tiny.Operations().Layers);
        Assert.True(tiny.Operations().Curves.Count > 2 * 48);
        tiny.Click(World.Dream, 1, 11);
        Assert.Equal(Clamp.On, tiny.Scene.Selection[new(1, 11)]);
    }

    [Fact]
    public void Steps_taken_one_by_one_bring_the_shelf_that_explains_them()
    {
        stage.Observe(1000, 100, 100);
        stage.Run(0.1);
        Assert.Equal(Shelf.Learning, stage.Scene.Shelf);
        stage.Scene.IsPlaying = false;
        stage.Run(0.5);
        stage.Observe(1000, 0, 1);
        stage.Run(0.1);
        Assert.Equal((Shelf.Phase, StepPhases.Sleep), (stage.Scene.Shelf, stage.Scene.LitPhases));
    }
}
