using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public sealed class SimulationTimeTests
{
    private readonly SimulationTime time = new();

    [Fact]
    public void Simulated_time_is_real_time_times_the_scale()
    {
        time.TimeScale = 0.5;
        time.BeginFrame(0.1);
        Assert.Equal(0.05, time.DeltaTime, 12);
        Assert.Equal(0.1, time.UnscaledDeltaTime, 12);
        time.BeginFrame(0.1);
        Assert.Equal(0.1, time.Time, 12);
        Assert.Equal(2, time.FrameCount);
    }

    [Fact]
    public void A_long_pause_moves_the_clock_by_no_more_than_the_maximum()
    {
        time.BeginFrame(60);
        Assert.Equal(time.MaximumDeltaTime, time.DeltaTime, 12);
        Assert.Equal(60, time.UnscaledDeltaTime);
    }

    [Fact]
    public void While_capturing_each_frame_advances_by_exactly_its_share_of_a_second()
    {
        time.CaptureFrameRate = 60;
        foreach (double seconds in new[] { 0, 0.001, 2, double.NaN })
        {
            time.BeginFrame(seconds);
            Assert.Equal(1.0 / 60, time.DeltaTime, 15);
        }
    }

    [Theory, InlineData(-1.0), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Impossible_times_count_as_none(double seconds)
    {
        time.BeginFrame(seconds);
        Assert.Equal(0, time.Time);
    }

    [Fact]
    public void Fixed_steps_keep_up_with_simulated_time_whatever_the_frames()
    {
        int steps = 0;
        for (int frame = 0; frame < 600; frame++) steps += time.BeginFrame(1.0 / 60);
        Assert.Equal(500, steps);
    }

    [Fact]
    public void Inside_a_fixed_step_the_delta_is_the_fixed_one()
    {
        time.BeginFrame(0.1);
        time.BeginFixedStep();
        Assert.Equal(time.FixedDeltaTime, time.DeltaTime);
        time.EndFixedStep();
        Assert.Equal(0.1, time.DeltaTime, 12);
    }

    [Fact]
    public void A_scale_of_zero_stands_still()
    {
        time.TimeScale = 0;
        Assert.Equal(0, time.BeginFrame(0.2));
        Assert.Equal(0, time.Time);
    }
}
