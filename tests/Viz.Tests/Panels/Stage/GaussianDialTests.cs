using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;
using DreamViz.Viz.Tests.Simulation;

namespace DreamViz.Viz.Tests.Panels.Stage;

/// <summary>Real-valued units on the stage, driven by the pointer.</summary>
public sealed class GaussianDialTests : IDisposable
{
    private readonly ExplorerDriver driver = new("style-dials");
    private readonly Box dial;

    public GaussianDialTests()
    {
        Scene scene = driver.Scene;
        var layout = new StageLayout(scene.LayerSizes, 8, 8, classes: scene.Classes, gaussianUnits: scene.GaussianUnits);
        dial = layout.GaussianPlace(World.Dream)!.CellBox(1);
        driver.Scene.Commands.Step(Engine.Training.StepPhases.Both);
        driver.Frames(40);
    }

    public void Dispose() => driver.Dispose();

    [Fact]
    public void Dragging_a_dial_up_holds_it_higher_and_the_dream_answers_with_the_same_noise()
    {
        driver.Send(InputKind.PointerMove, dial.Center.X, dial.Center.Y);
        driver.Send(InputKind.PointerDown, dial.Center.X, dial.Center.Y);
        driver.Frames(1);
        driver.Send(InputKind.PointerMove, dial.Center.X, dial.Center.Y - 400);
        driver.Frames(2);
        Assert.Equal(Selection.LargestValue, driver.Scene.Selection.HeldValues[1]);
        Assert.Contains($"{Selection.LargestValue:+0.0}", driver.Texts);
        driver.Send(InputKind.PointerUp, dial.Center.X, dial.Center.Y - 400);
        driver.Frames(2);
        Assert.Equal((1, false), (driver.Scene.Selection.HeldUnits, driver.Scene.Selection.IsHeld(0)));
        ToggleExperiment experiment = driver.Scene.Experiment!;
        Assert.Equal(Selection.LargestValue, experiment.Held.Values(0)[1]);
        Assert.Equal(experiment.Free.Values(0)[0], experiment.Held.Values(0)[0]);
        Assert.Equal(experiment.Free.Bits(0, 1).ToArray(), experiment.Held.Bits(0, 1).ToArray());
        Assert.NotEqual(experiment.Free.Probabilities(0, 0).ToArray(), experiment.Held.Probabilities(0, 0).ToArray());
        Assert.Contains("Release it", driver.Texts);
    }

    [Fact]
    public void A_click_holds_a_dial_at_what_it_shows_and_another_releases_it()
    {
        driver.Click(dial.Center.X, dial.Center.Y);
        Assert.True(driver.Scene.Selection.IsHeld(1));
        Assert.Contains(driver.Texts, text => text.EndsWith("held", StringComparison.Ordinal));
        driver.Click(dial.Center.X, dial.Center.Y);
        Assert.Equal(0, driver.Scene.Selection.HeldUnits);
    }

    [Fact]
    public void The_wheel_turns_a_dial_by_quarters()
    {
        driver.Click(dial.Center.X, dial.Center.Y);
        float before = driver.Scene.Selection.HeldValues[1];
        driver.Explorer.Handle(new InputEvent(InputKind.Wheel, dial.Center.X, dial.Center.Y) { Wheel = before > 0 ? -2 : 2 });
        driver.Frames(2);
        Assert.Equal(before + (before > 0 ? -0.5f : 0.5f), driver.Scene.Selection.HeldValues[1], 1e-5f);
    }

    [Fact]
    public void Pointing_at_a_dial_tells_its_value_and_in_the_wake_world_what_recognition_says()
    {
        driver.Send(InputKind.PointerMove, dial.Center.X, dial.Center.Y);
        driver.Frames(2);
        Assert.Contains("g unit 2", driver.Texts);
        Assert.Contains(driver.Texts, text => text.EndsWith("drawn from N(0, 1)", StringComparison.Ordinal));
        driver.Send(InputKind.PointerMove, Canvas.DesignWidth - dial.Center.X, dial.Center.Y);
        driver.Frames(2);
        Assert.Contains(driver.Texts, text => text.Contains("μ =", StringComparison.Ordinal) && text.Contains("σ =", StringComparison.Ordinal));
    }
}
