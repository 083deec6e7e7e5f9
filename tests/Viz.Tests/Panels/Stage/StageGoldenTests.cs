using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Tests.Golden;

namespace DreamViz.Viz.Tests.Panels.Stage;

/// <summary>Whole pictures of the stage, with made-up samples of an untrained network.</summary>
public class StageGoldenTests
{
    private readonly StageFixture stage = new(48, 24, 12);

    [Fact]
    public void Full_speed()
    {
        stage.Observe(1000, 100, 100);
        stage.Run(0.1);
        GoldenImage.Check("stage-speed", stage.List, 1280, 720);
    }

    [Fact]
    public void A_dream_in_slow_motion()
    {
        stage.Observe(0.5);
        stage.Run(1.45);
        GoldenImage.Check("stage-sleep", stage.List, 1280, 720);
    }

    [Fact]
    public void Free_against_clamped_with_a_unit_under_the_pointer()
    {
        stage.Click(World.Dream, 2, 3);
        stage.Click(World.Dream, 1, 40);
        stage.Run(1);
        GoldenImage.Check("stage-clamped", stage.List, 1280, 720);
    }
}
