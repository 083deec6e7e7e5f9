using DreamViz.Engine.Diagnostics;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public sealed class SceneSelectionTests
{
    private readonly SceneSelection selection = new();

    public SceneSelectionTests() => selection.Reshape([4, 3, 2]);

    [Fact]
    public void Clicking_goes_from_free_to_on_to_off_to_free()
    {
        var unit = new UnitReference(1, 2);
        Assert.Equal(Clamp.Free, selection[unit]);
        selection.Cycle(unit);
        Assert.Equal((Clamp.On, 1), (selection[unit], selection.Count));
        selection.Cycle(unit);
        Assert.Equal((Clamp.Off, 1), (selection[unit], selection.Count));
        selection.Cycle(unit);
        Assert.Equal((Clamp.Free, 0), (selection[unit], selection.Count));
    }

    [Fact]
    public void Releasing_all_frees_every_unit()
    {
        selection.Set(new(1, 0), Clamp.On);
        selection.Set(new(2, 1), Clamp.Off);
        selection.ReleaseAll();
        Assert.Equal(0, selection.Count);
        Assert.All(selection.Clamps, layer => Assert.All(layer, clamp => Assert.Equal(Clamp.Free, clamp)));
    }

    [Theory, InlineData(-1, 0), InlineData(3, 0), InlineData(1, 3), InlineData(1, -1)]
    public void Units_that_do_not_exist_are_ignored(int layer, int unit)
    {
        int version = selection.Version;
        selection.Cycle(new(layer, unit));
        Assert.Equal((0, version), (selection.Count, selection.Version));
    }

    [Fact]
    public void Only_changes_count_as_versions()
    {
        selection.Set(new(1, 1), Clamp.On);
        int version = selection.Version;
        selection.Set(new(1, 1), Clamp.On);
        Assert.Equal(version, selection.Version);
        selection.Reshape([4, 2]);
        Assert.True(selection.Version > version);
        Assert.Equal(0, selection.Count);
    }
}
