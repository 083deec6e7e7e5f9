namespace DreamViz.Benchmarks.Measuring;

/// <summary>Measures contenders in turn, window by window (ABC ABC ABC …), so that whatever slows the machine for a while
/// slows all of them, and compares only within a round.</summary>
internal static class Interleaved
{
    // Long enough for the runtime to compile anew, at full optimization, what runs often.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(150), QuickWarmUp = TimeSpan.FromMilliseconds(60);

    /// <summary>A round to warm up, which is not counted, then the plan's.</summary>
    public static Measurements Measure(MeasuringPlan plan, params IReadOnlyList<IContender> contenders)
    {
        TimeSpan warmUp = plan.Quick ? QuickWarmUp : WarmUp;
        if (plan.Window > warmUp) warmUp = plan.Window;
        foreach (IContender contender in contenders) contender.SecondsPerRun(warmUp);
        Dictionary<IContender, double[]> seconds = contenders.ToDictionary(c => c, _ => new double[plan.Windows]);
        for (int round = 0; round < plan.Windows; round++)
            foreach (IContender contender in contenders) seconds[contender][round] = contender.SecondsPerRun(plan.Window);
        return new Measurements(seconds);
    }
}
