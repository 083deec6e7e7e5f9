namespace DreamViz.Viz.Panels;

/// <summary>Round numbers for axes.</summary>
internal static class AxisTicks
{
    /// <summary>The distance of ticks, 1, 2, 4 or 5 times a power of ten, such that at most this many fit the range.</summary>
    public static double Distance(double range, int most)
    {
        if (!(range > 0) || !double.IsFinite(range)) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(range / most)));
        foreach (int factor in (ReadOnlySpan<int>)[1, 2, 4, 5])
            if (range / (factor * power) <= most) return factor * power;
        return 10 * power;
    }

    /// <summary>A step as it is written below an axis, such as 100, 1k, 20M.</summary>
    public static string ShortStep(long step) => step switch
    {
        >= 1_000_000_000 => $"{step / 1_000_000_000}G",
        >= 1_000_000 => $"{step / 1_000_000}M",
        >= 1_000 => $"{step / 1_000}k",
        _ => $"{step}",
    };
}
