namespace DreamViz.Engine.Training;

/// <summary>Says when the next step is due at a rate that may change at any time.</summary>
/// <remarks>Late steps are caught up within <see cref="CatchUp"/>, so the mean rate holds; a longer stall, a pause or a
/// jump of the clock causes no burst.</remarks>
internal sealed class Pacer(TimeProvider time)
{
    /// <summary>How much of a delay is made good.</summary>
    public static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(50);

    private long previous = time.GetTimestamp();

    /// <summary>Whether a step is due; it then counts as taken. Else how long to wait, unless the rate changes.</summary>
    /// <param name="rate">Steps per second, 0 for never, infinite for always.</param>
    /// <param name="wait">Until the step is due; infinite at rate 0.</param>
    public bool TryTake(double rate, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (double.IsPositiveInfinity(rate)) return true;
        wait = Timeout.InfiniteTimeSpan;
        if (rate == 0) return false;
        long now = time.GetTimestamp();
        // A day is long enough for the slowest rate and short enough for any timer.
        long period = (long)(time.TimestampFrequency * Math.Min(1 / rate, 86_400));
        long due = previous + period;
        if (now < due)
        {
            wait = time.GetElapsedTime(now, due);
            return false;
        }

        long earliest = now - (long)(time.TimestampFrequency * CatchUp.TotalSeconds);
        previous = Math.Max(due, earliest);
        return true;
    }
}
