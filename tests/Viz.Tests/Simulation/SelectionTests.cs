using DreamViz.Engine.Diagnostics;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public class SelectionTests
{
    private readonly Selection selection = new([64, 48, 24]);

    [Fact]
    public void Clicking_a_unit_holds_it_on_then_off_then_frees_it()
    {
        var unit = new UnitId(1, 5);
        selection.Cycle(unit);
        Assert.Equal((Clamp.On, 1), (selection[unit], selection.HeldUnits));
        selection.Cycle(unit);
        Assert.Equal((Clamp.Off, 1), (selection[unit], selection.HeldUnits));
        selection.Cycle(unit);
        Assert.Equal((Clamp.Free, 0), (selection[unit], selection.HeldUnits));
    }

    [Fact]
    public void Of_a_label_at_most_one_unit_is_held_on_and_a_second_click_frees_it()
    {
        var labeled = new Selection([64, 14], classes: 10);
        labeled.Cycle(new(1, 7));
        labeled.Cycle(new(1, 12));
        labeled.Cycle(new(1, 3));
        Assert.Equal((Clamp.Free, Clamp.On, Clamp.On, 2), (labeled[new(1, 7)], labeled[new(1, 3)], labeled[new(1, 12)], labeled.HeldUnits));
        labeled.Cycle(new(1, 3));
        Assert.Equal((Clamp.Free, 1), (labeled[new(1, 3)], labeled.HeldUnits));
    }

    [Fact]
    public void A_real_valued_unit_is_held_at_a_value_within_reach_until_it_is_released()
    {
        var mixed = new Selection([64, 14], gaussianUnits: 2);
        mixed.Hold(1, 1.5f);
        mixed.Hold(1, 99);
        mixed.Hold(0, -0.5f);
        Assert.Equal((2, -0.5f, Selection.LargestValue), (mixed.HeldUnits, mixed.HeldValues[0], mixed.HeldValues[1]));
        mixed.Release(0);
        Assert.Equal((1, false, true, 4), (mixed.HeldUnits, mixed.IsHeld(0), mixed.IsHeld(1), mixed.Version));
        mixed[new(1, 3)] = Clamp.On;
        mixed.ReleaseAll();
        Assert.Equal((0, false), (mixed.HeldUnits, mixed.IsHeld(1)));
    }

    [Fact]
    public void Releasing_all_frees_every_unit_and_counts_as_one_change()
    {
        selection[new(1, 0)] = Clamp.On;
        selection[new(2, 23)] = Clamp.Off;
        int version = selection.Version;
        selection.ReleaseAll();
        Assert.Equal(0, selection.HeldUnits);
        Assert.Equal(version + 1, selection.Version);
        Assert.All(selection.Clamps, layer => Assert.All(layer, clamp => Assert.Equal(Clamp.Free, clamp)));
    }

    [Fact]
    public void Setting_the_clamp_a_unit_already_has_changes_nothing()
    {
        selection[new(1, 3)] = Clamp.On;
        int version = selection.Version;
        selection[new(1, 3)] = Clamp.On;
        Assert.Equal((1, version), (selection.HeldUnits, selection.Version));
    }
}
