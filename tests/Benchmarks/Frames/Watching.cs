using System.Diagnostics;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Viz.Simulation;

namespace DreamViz.Benchmarks.Frames;

/// <summary>The seconds of a training step while somebody watches, or nobody: training has its own thread, frames come at 60
/// a second on this one.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="explorer">Whose training counts; playing at full speed.</param>
/// <param name="frame">Makes a frame so many seconds after the previous one; null where nobody watches.</param>
internal sealed class Watching(string name, Explorer explorer, Action<double>? frame) : IContender
{
    /// <summary>Sixty frames a second.</summary>
    public const double SecondsToAFrame = 1 / 60.0;

    private int frames;
    private double seconds;

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Frames a second, over all windows.</summary>
    public double FramesPerSecond => frames / seconds;

    /// <inheritdoc/>
    public double SecondsPerRun(TimeSpan window)
    {
        Stopwatch clock = Stopwatch.StartNew();
        long first = explorer.Progress.Step;
        for (int number = 0; clock.Elapsed < window; number++)
        {
            frame?.Invoke(SecondsToAFrame);
            frames++;
            SleepUntil(clock, (number + 1) * SecondsToAFrame);
        }

        double elapsed = clock.Elapsed.TotalSeconds;
        seconds += elapsed;
        return elapsed / (explorer.Progress.Step - first);
    }

    private static void SleepUntil(Stopwatch clock, double due)
    {
        double rest = due - clock.Elapsed.TotalSeconds;
        if (rest > 0) Thread.Sleep(TimeSpan.FromSeconds(rest));
    }
}
