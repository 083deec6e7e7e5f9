using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class PacerTests
{
    private readonly TestClock clock = new();

    [Fact]
    public void Full_speed_is_always_due_and_a_pause_never()
    {
        Pacer pacer = new(clock);
        for (int i = 0; i < 1000; i++) Assert.True(pacer.TryTake(double.PositiveInfinity, out _));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(pacer.TryTake(0, out TimeSpan wait));
        Assert.Equal(Timeout.InfiniteTimeSpan, wait);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(1000)]
    public void The_mean_rate_holds_although_every_wait_is_a_little_long(double rate)
    {
        Pacer pacer = new(clock);
        const double Seconds = 40;
        int steps = 0;
        long end = clock.GetTimestamp() + (long)(Seconds * TimeSpan.TicksPerSecond);
        while (clock.GetTimestamp() < end)
        {
            if (pacer.TryTake(rate, out TimeSpan wait)) steps++;
            else clock.Advance(wait + TimeSpan.FromMilliseconds(3));
        }

        Assert.InRange(steps, Seconds * rate * 0.99 - 1, Seconds * rate * 1.01 + 1);
    }

    [Fact]
    public void A_stall_or_a_jump_of_the_clock_causes_no_burst()
    {
        Pacer pacer = new(clock);
        clock.Advance(TimeSpan.FromDays(3650));
        int burst = 0;
        while (pacer.TryTake(100, out _)) burst++;
        Assert.InRange(burst, 1, 6);
    }

    [Fact]
    public void A_slow_rate_gives_way_to_a_faster_one_at_once()
    {
        Pacer pacer = new(clock);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(pacer.TryTake(0.01, out TimeSpan wait));
        Assert.Equal(98, wait.TotalSeconds, 3);
        Assert.True(pacer.TryTake(1, out _));
    }

    [Fact]
    public void Even_the_slowest_rate_waits_no_longer_than_a_timer_can() =>
        Assert.InRange(Wait(double.Epsilon).TotalDays, 0.9, 1.1);

    private TimeSpan Wait(double rate)
    {
        Assert.False(new Pacer(clock).TryTake(rate, out TimeSpan wait));
        return wait;
    }
}
