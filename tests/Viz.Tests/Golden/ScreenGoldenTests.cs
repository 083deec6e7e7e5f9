using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;
using DreamViz.Viz.Tests.Simulation;

namespace DreamViz.Viz.Tests.Golden;

/// <summary>Whole screens of real runs: the same seed, settings and commands draw the same picture.</summary>
public class ScreenGoldenTests
{
    [Fact]
    public void The_main_screen_after_some_learning()
    {
        using var driver = new ExplorerDriver("tiny", plays: true, stepsPerFrame: 10);
        driver.Frames(100);
        GoldenImage.Check("screen-main", driver.List, 1280, 720);
    }

    [Fact]
    public void The_laboratory_with_six_estimators_against_an_exact_gradient()
    {
        Preset tiny = PresetCatalog.Find("tiny");
        Preset eight = tiny with { Model = tiny.Model with { LatentLayers = [8] } };
        using var driver = new ExplorerDriver(new ExplorerOptions { Preset = eight, StartPlaying = true, StepsPerFrame = 10 });
        driver.Frames(100);
        driver.Press(Key.Space);
        driver.Press(Key.L);
        driver.Frames(140);
        GoldenImage.Check("screen-laboratory", driver.List, 1280, 720);
    }
}
