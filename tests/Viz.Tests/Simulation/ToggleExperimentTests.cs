using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public class ToggleExperimentTests
{
    private static readonly UnitId Held = new(2, 1);

    private readonly HelmholtzMachine machine =
        new([], new ModelSettings { LatentLayers = [12, 6, 3], WeightDeviation = 3, VisibleBias = 0 }, 16, 5);

    private readonly Selection selection;
    private readonly ToggleExperiment experiment;

    public ToggleExperimentTests()
    {
        selection = new(machine.LayerSizes);
        experiment = new(machine.LayerSizes, 1);
    }

    [Fact]
    public void Nothing_is_drawn_before_a_unit_is_held()
    {
        experiment.Update(machine, 1, selection, 1);
        Assert.Equal(0, experiment.Version);
    }

    [Fact]
    public void The_dream_changes_when_a_latent_is_clamped_against_its_draw()
    {
        Clamp();
        Assert.False(experiment.Free.Probabilities(0, 0).SequenceEqual(experiment.Held.Probabilities(0, 0)));
        Assert.NotEqual(experiment.FreeMean.ToArray(), experiment.HeldMean.ToArray());
    }

    [Fact]
    public void Ancestors_of_a_held_unit_keep_their_draw_and_its_neighbors_too()
    {
        Clamp();
        Assert.True(experiment.Free.Bits(0, 3).SequenceEqual(experiment.Held.Bits(0, 3)));
        for (int unit = 0; unit < 6; unit++)
            if (unit != Held.Index)
                Assert.Equal(experiment.Free.Bits(0, 2)[unit], experiment.Held.Bits(0, 2)[unit]);
    }

    [Fact]
    public void Units_that_follow_are_counted_without_the_held_ones()
    {
        Clamp();
        int different = 0;
        for (int unit = 0; unit < 12; unit++) different += experiment.Free.Bits(0, 1)[unit] ^ experiment.Held.Bits(0, 1)[unit];
        Assert.True(different > 0);
        Assert.Equal(different, experiment.FollowedUnits);
        Assert.False(experiment.Followed(selection, Held));
    }

    [Fact]
    public void A_change_of_clamps_answers_at_once_and_a_new_network_a_few_times_a_second()
    {
        Clamp();
        int version = experiment.Version;
        experiment.Update(machine, 2, selection, 0.05);
        Assert.Equal(version, experiment.Version);
        experiment.Update(machine, 3, selection, 0.2);
        Assert.Equal(version + 1, experiment.Version);
        selection.Cycle(new(1, 0));
        experiment.Update(machine, 3, selection, 0);
        Assert.Equal(version + 2, experiment.Version);
    }

    [Fact]
    public void Clamps_leave_the_network_alone()
    {
        HelmholtzMachine before = machine.Clone();
        Clamp();
        for (int i = 0; i < machine.Parameters.Count; i++)
            Assert.True(machine.Parameters[i].Value.Flat.SequenceEqual(before.Parameters[i].Value.Flat));
    }

    private void Clamp()
    {
        var drawn = new DreamProbe(machine.LayerSizes, 1, 1);
        drawn.Draw(machine, []);
        selection[Held] = drawn.Bits(0, Held.Layer)[Held.Index] == 0 ? Engine.Diagnostics.Clamp.On : Engine.Diagnostics.Clamp.Off;
        experiment.Update(machine, 1, selection, 1);
    }
}
