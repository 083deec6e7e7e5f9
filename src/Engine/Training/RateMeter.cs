namespace DreamViz.Engine.Training;

/// <summary>Steps per second, averaged over about a second. One thread counts, any thread may read.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private const double WindowSeconds = 0.1;
    private const double SmoothingSeconds = 0.5;

    private long windowStart = time.GetTimestamp();
    private long steps;
    private double smoothed;

    /// <summary>Steps per second; 0 before the first window has passed.</summary>
    public double PerSecond => Volatile.Read(ref smoothed);

    /// <summary>Counts one step.</summary>
    public void Count()
    {
        steps++;
        long now = time.GetTimestamp();
        double seconds = time.GetElapsedTime(windowStart, now).TotalSeconds;
        if (seconds < WindowSeconds) return;
        double rate = steps / seconds;
        double keep = smoothed == 0 ? 0 : Math.Exp(-seconds / SmoothingSeconds);
        Volatile.Write(ref smoothed, keep * smoothed + (1 - keep) * rate);
        (windowStart, steps) = (now, 0);
    }

    /// <summary>Begins anew after a pause.</summary>
    public void Reset()
    {
        (windowStart, steps) = (time.GetTimestamp(), 0);
        Volatile.Write(ref smoothed, 0);
    }
}
