using DreamViz.Engine.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Panels.Stage;

public class WorldDisplayTests
{
    private static readonly int[] Sizes = [4, 2, 1];

    [Fact]
    public void In_slow_motion_a_dream_arrives_layer_by_layer_from_the_prior_outwards()
    {
        var world = new WorldDisplay(World.Dream, Sizes);
        Assert.True(world.Observe(AllOn(1), FlipEncoding.EveryFlip));
        world.StartFlow(0, 0.15f, 0.2f, slow: true);
        world.Update(0.1f, calm: false);
        Assert.Equal((255, 0, 0), (world[2].Fill[0], world[1].Fill[0], world[0].Fill[0]));
        world.Update(0.15f, calm: false);
        Assert.Equal((255, 255, 0), (world[2].Fill[0], world[1].Fill[0], world[0].Fill[0]));
        world.Update(0.15f, calm: false);
        Assert.Equal(255, world[0].Fill[0]);
        Assert.True(world.Flow.Running);
        Assert.Equal(0, world.Flow.Melt);
        world.Update(0.3f, calm: false);
        Assert.Equal((false, 1f), (world.Flow.Running, world.Flow.Melt));
    }

    [Fact]
    public void A_dream_of_words_is_as_bright_as_can_be_at_the_most_probable_word_however_small_its_probability()
    {
        PhaseSample sample = AllOn(1);
        float[] probabilities = [0.04f, 0.01f, 0, 0.04f];
        probabilities.CopyTo(sample.Layers[0].Probabilities, 0);
        var world = new WorldDisplay(World.Dream, Sizes) { ShowsWords = true };
        world.Observe(sample, FlipEncoding.NewestSample);
        world.Update(1, calm: false);
        Assert.Equal([255, 128, 0, 255], world[0].Fill.ToArray());
    }

    [Fact]
    public void Where_no_word_has_any_probability_none_is_bright()
    {
        float[] brightness = [1, 1];
        WordBrightness.Compute([0, 0], brightness);
        Assert.Equal([0, 0], brightness);
    }

    [Fact]
    public void In_slow_motion_recognition_runs_from_the_data_inwards()
    {
        var world = new WorldDisplay(World.Wake, Sizes);
        world.Observe(AllOn(1), FlipEncoding.EveryFlip);
        world.StartFlow(0, 0.15f, 0.2f, slow: true);
        world.Update(0.1f, calm: false);
        Assert.Equal((255, 0, 0), (world[0].Fill[0], world[1].Fill[0], world[2].Fill[0]));
    }

    [Fact]
    public void At_speed_fill_is_the_mean_of_all_samples_of_the_window_and_the_dot_the_newest()
    {
        var world = new WorldDisplay(World.Wake, Sizes);
        world.Observe(Sample(10, mean: 0.25f, flips: 4, bit: 0), FlipEncoding.Mean);
        world.Update(1, calm: false);
        world.Observe(Sample(30, mean: 0.25f, flips: 3, bit: 0), FlipEncoding.Mean);
        world.Observe(Sample(10, mean: 0.75f, flips: 5, bit: 1), FlipEncoding.Mean);
        world.Update(1, calm: false);
        Assert.Equal(40, world.ShownSamples);
        Assert.Equal(0.375f, world[1].Target[0], 5);
        Assert.Equal(0.2f, world.FlipRate(1, 0), 5);
        Assert.Equal(CellMark.Dot, world[1].Marks[0]);
        Assert.Equal(255, world[0].Fill[0]);
    }

    [Fact]
    public void Windows_are_renewed_at_their_rate_however_often_snapshots_come()
    {
        var world = new WorldDisplay(World.Wake, Sizes);
        var shown = new List<int>();
        for (int frame = 0; frame < 60; frame++)
        {
            world.Observe(Sample(5, 0.5f, 1, 0), FlipEncoding.Mean);
            world.Update(1 / 60f, calm: false);
            shown.Add(world.ShownSamples);
        }

        Assert.Equal(20, shown[^1]);
    }

    [Fact]
    public void Example_and_label_are_those_of_the_picture_that_is_shown_not_of_the_newest_sample()
    {
        var world = new WorldDisplay(World.Wake, Sizes);
        Observe(3, 7);
        world.Update(1, calm: false);
        Observe(4, 8);
        Assert.Equal((3, 7), (world.Example, world.Label));
        world.Update(1, calm: false);
        Assert.Equal((4, 8), (world.Example, world.Label));

        void Observe(int example, int label)
        {
            PhaseSample sample = Sample(2, 0.5f, 1, 1);
            (sample.Example, sample.Label) = (example, label);
            world.Observe(sample, FlipEncoding.Mean);
        }
    }

    [Fact]
    public void A_snapshot_without_a_new_sample_changes_nothing()
    {
        var world = new WorldDisplay(World.Wake, Sizes);
        Assert.False(world.Observe(AllOn(0), FlipEncoding.NewestSample));
        world.Update(1, calm: false);
        Assert.Equal(0, world[1].Fill[0]);
    }

    [Fact]
    public void Reduced_motion_shows_no_glow()
    {
        var world = new WorldDisplay(World.Wake, Sizes);
        world.Observe(AllOn(1), FlipEncoding.NewestSample);
        world.Update(0.01f, calm: true);
        Assert.Equal(0, world[1].Glow[0]);
        Assert.True(world[1].Fill[0] > 0);
    }

    [Fact]
    public void A_steady_frame_allocates_nothing()
    {
        var world = new WorldDisplay(World.Dream, Sizes);
        PhaseSample sample = Sample(3, 0.5f, 1, 1);
        for (int i = 0; i < 3; i++) Frame();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) Frame();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Frame()
        {
            world.Observe(sample, FlipEncoding.Mean);
            world.Update(0.016f, calm: false);
        }
    }

    private static PhaseSample AllOn(int count) => Sample(count, 1, 1, 1);

    private static PhaseSample Sample(int count, float mean, int flips, byte bit)
    {
        var sample = new PhaseSample(Sizes) { Step = 1, SampleCount = count };
        foreach (LayerSample layer in sample.Layers)
        {
            Array.Fill(layer.Bits, bit);
            Array.Fill(layer.Means, mean);
            Array.Fill(layer.Probabilities, 1);
            Array.Fill(layer.Flips, flips);
        }

        return sample;
    }
}
