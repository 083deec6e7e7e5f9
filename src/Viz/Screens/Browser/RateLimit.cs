namespace DreamViz.Viz.Screens.Browser;

/// <summary>A bucket of tokens: <paramref name="burst"/> at once, refilled at <paramref name="perSecond"/>.</summary>
internal sealed class RateLimit(double perSecond, double burst, TimeProvider time)
{
    private double spent;
    private long last = time.GetTimestamp();

    /// <summary>Takes one token; false where none is left.</summary>
    public bool TryTake()
    {
        long now = time.GetTimestamp();
        spent = Math.Max(0, spent - Math.Max(0, time.GetElapsedTime(last, now).TotalSeconds) * perSecond);
        last = now;
        if (spent + 1 > burst) return false;
        spent++;
        return true;
    }
}
