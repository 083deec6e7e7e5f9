using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class RateMeterTests
{
    private readonly TestClock clock = new();

    [Theory]
    [InlineData(0.5)]
    [InlineData(60)]
    [InlineData(5000)]
    public void Tells_the_rate_at_which_steps_are_counted(double rate)
    {
        RateMeter meter = new(clock);
        for (int i = 0; i < 20 * rate + 10; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1 / rate));
            meter.Count();
        }

        Assert.Equal(rate, meter.PerSecond, rate * 0.01);
    }

    [Fact]
    public void Follows_a_change_within_two_seconds_and_forgets_a_pause()
    {
        RateMeter meter = new(clock);
        Count(meter, 10, 100);
        Count(meter, 100, 200);
        Assert.InRange(meter.PerSecond, 95, 101);
        clock.Advance(TimeSpan.FromHours(1));
        meter.Reset();
        Assert.Equal(0, meter.PerSecond);
        Count(meter, 50, 20);
        Assert.InRange(meter.PerSecond, 49, 51);
    }

    private void Count(RateMeter meter, double rate, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1 / rate));
            meter.Count();
        }
    }
}
