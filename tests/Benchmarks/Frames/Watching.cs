using System.Diagnostics;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Software;
using DreamViz.Viz.Simulation;

namespace DreamViz.Benchmarks.Frames;

/// <summary>The seconds of a training step while somebody watches, or nobody: training has its own thread, frames come at 60
/// a second on this one.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="explorer">Whose training counts; playing at full speed.</param>
/// <param name="size">Pixels of the picture; null where nobody watches.</param>
/// <param name="inSoftware">Whether this thread also draws what it built.</param>
internal sealed class Watching(string name, Explorer explorer, (int Width, int Height)? size, bool inSoftware) : IContender
{
    /// <summary>Sixty frames a second.</summary>
    public const double SecondsToAFrame = 1 / 60.0;

    private readonly DrawList list = new();
    private readonly SoftwareScreen? screen = inSoftware && size is { } pixels ? new(pixels.Width, pixels.Height) : null;
    private readonly List<double> building = [], drawing = [];
    private double seconds;

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>The size in words; empty where nobody watches.</summary>
    public string Size => size is { } pixels ? $"{pixels.Width}×{pixels.Height}" : "";

    /// <summary>Frames a second, over all windows.</summary>
    public double FramesPerSecond => building.Count / seconds;

    /// <summary>For every frame the seconds to build the draw list.</summary>
    public IReadOnlyList<double> SecondsToBuild => building;

    /// <summary>For every frame the seconds to draw it.</summary>
    public IReadOnlyList<double> SecondsToDraw => drawing;

    /// <inheritdoc/>
    public double SecondsPerRun(TimeSpan window)
    {
        Stopwatch clock = Stopwatch.StartNew();
        long first = explorer.Progress.Step;
        for (int number = 1; clock.Elapsed < window; number++)
        {
            if (size is { } pixels) Frame(pixels.Width, pixels.Height);
            SleepUntil(clock, number * SecondsToAFrame);
        }

        double elapsed = clock.Elapsed.TotalSeconds;
        seconds += elapsed;
        return elapsed / (explorer.Progress.Step - first);
    }

    private void Frame(int width, int height)
    {
        long start = Stopwatch.GetTimestamp();
        explorer.Frame(list, width, height, SecondsToAFrame);
        building.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        if (screen is null) return;
        start = Stopwatch.GetTimestamp();
        screen.Draw(list);
        drawing.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void SleepUntil(Stopwatch clock, double due)
    {
        double rest = due - clock.Elapsed.TotalSeconds;
        if (rest > 0) Thread.Sleep(TimeSpan.FromSeconds(rest));
    }
}
