using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

/// <summary>With training on its own thread. Every wait ends as soon as what it waits for happens.</summary>
public sealed class LiveExplorerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DrawList list = new();

    [Fact]
    public void Training_goes_on_by_itself_pauses_and_steps()
    {
        using var explorer = new Explorer(new ExplorerOptions { Preset = PresetCatalog.Find("tiny") });
        FramesUntil(explorer, () => explorer.Scene.Snapshot is { Step: > 50 });
        explorer.Scene.Commands.Pause();
        FramesUntil(explorer, () => explorer.Scene.Snapshot!.Step == explorer.Progress.Step && explorer.Scene.StepsPerSecond == 0);
        long paused = explorer.Progress.Step;
        explorer.Scene.Commands.Step(Engine.Training.StepPhases.Both);
        FramesUntil(explorer, () => explorer.Scene.Snapshot!.Step != paused);
        Assert.Equal(paused + 1, explorer.Progress.Step);
    }

    [Fact]
    public void The_picture_goes_on_while_another_run_is_built()
    {
        using var explorer = new Explorer(new ExplorerOptions { Preset = PresetCatalog.Find("tiny") });
        FramesUntil(explorer, () => explorer.Scene.Snapshot is { Step: > 0 });
        foreach (string name in (string[])["Dreaming digits", "Classic wake-sleep", "Where wake-sleep fails"])
            explorer.Scene.Commands.ChoosePreset(name);
        Assert.Equal([16, 12, 4], explorer.Scene.LayerSizes);
        FramesUntil(explorer, () => explorer.Scene.PresetName == "Where wake-sleep fails" && explorer.Scene.Snapshot is { Step: > 0 });
        Assert.Equal(64, explorer.Scene.LayerSizes[0]);
    }

    [Fact]
    public void The_network_arrives_for_drawing_its_edges()
    {
        using var explorer = new Explorer(new ExplorerOptions { Preset = PresetCatalog.Find("tiny") });
        FramesUntil(explorer, () => explorer.Scene.ModelVersion > 1);
        Assert.Equal([16, 12, 4], explorer.Scene.Model!.LayerSizes);
    }

    [Fact]
    public void Ending_twice_is_ending_once()
    {
        var explorer = new Explorer(new ExplorerOptions { Preset = PresetCatalog.Find("tiny") });
        FramesUntil(explorer, () => explorer.Scene.Snapshot is { Step: > 0 });
        explorer.Dispose();
        long end = explorer.Progress.Step;
        explorer.Dispose();
        Assert.Equal(end, explorer.Progress.Step);
    }

    private void FramesUntil(Explorer explorer, Func<bool> happened)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            explorer.Frame(list, 1280, 720, 1.0 / 60);
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "It did not happen.");
            Thread.Sleep(1);
        }
    }
}
