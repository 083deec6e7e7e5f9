using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public class UnitDisplayTests
{
    [Fact]
    public void Fill_reaches_a_new_value_within_80_ms_and_moves_fastest_at_first()
    {
        var display = new UnitDisplay(1);
        display.Show([1]);
        display.Update(0.02f);
        int early = display.Fill[0];
        display.Update(0.02f);
        int middle = display.Fill[0] - early;
        display.Update(0.04f);
        Assert.Equal(255, display.Fill[0]);
        Assert.True(early > middle, $"{early} then {middle}");
    }

    [Fact]
    public void Glow_attacks_at_once_and_decays_by_time_not_by_frames()
    {
        var slow = new UnitDisplay(2);
        var fast = new UnitDisplay(2);
        slow.Flash(1, 1);
        fast.Flash(1, 1);
        slow.Update(0);
        Assert.Equal([0, 255], slow.Glow.ToArray());
        slow.Update(0.12f);
        slow.Update(0);
        for (int i = 0; i < 12; i++) fast.Update(0.01f);
        fast.Update(0);
        Assert.Equal(255 * Math.Exp(-1), slow.Glow[1], 1.0);
        Assert.InRange(fast.Glow[1] - slow.Glow[1], -1, 1);
    }

    [Fact]
    public void Only_units_that_flipped_flash()
    {
        var display = new UnitDisplay(3);
        display.ShowBits([0, 1, 1], flash: false);
        display.Update(1);
        display.ShowBits([1, 1, 0], flash: true);
        display.Update(0);
        Assert.Equal([255, 0, 255], display.Glow.ToArray());
    }

    [Fact]
    public void Every_glow_goes_out_in_the_end()
    {
        var display = new UnitDisplay(1);
        display.Flash(0, 1);
        for (int i = 0; i < 100; i++) display.Update(0.016f);
        Assert.Equal(0, display.Glow[0]);
    }

    [Theory]
    [InlineData(0.5, FlipEncoding.EveryFlip)]
    [InlineData(10, FlipEncoding.EveryFlip)]
    [InlineData(11, FlipEncoding.NewestSample)]
    [InlineData(60, FlipEncoding.NewestSample)]
    [InlineData(61, FlipEncoding.Mean)]
    [InlineData(double.PositiveInfinity, FlipEncoding.Mean)]
    public void The_encoding_follows_the_speed(double rate, FlipEncoding expected) =>
        Assert.Equal(expected, FlipEncodings.For(rate));
}
