using System.Diagnostics;

namespace DreamViz.Benchmarks.Measuring;

/// <summary>An action in this process, timed by the wall clock.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="run">What is timed.</param>
internal sealed class TimedAction(string name, Action run) : IContender
{
    // The clock is read once in so many seconds, which costs less than a hundredth of them.
    private const double SecondsBetweenLooks = 1e-5;

    // What takes so long is not told apart by what the caches held before.
    private const double SecondsThatCachesNoLongerMatter = 0.02;

    private long runsBetweenLooks = 1;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public double SecondsPerRun(TimeSpan window)
    {
        double first = SecondsOfOne();
        if (first >= Math.Max(window.TotalSeconds, SecondsThatCachesNoLongerMatter)) return first;
        long runs = 0, start = Stopwatch.GetTimestamp();
        double seconds;
        do
        {
            double before = Stopwatch.GetElapsedTime(start).TotalSeconds;
            for (long i = 0; i < runsBetweenLooks; i++) run();
            runs += runsBetweenLooks;
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (seconds - before < SecondsBetweenLooks) runsBetweenLooks *= 2;
        }
        while (seconds < window.TotalSeconds);
        return seconds / runs;
    }

    // A short one only brings back to the caches what the others of the round evicted.
    private double SecondsOfOne()
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
