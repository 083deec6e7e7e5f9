using System.CommandLine;
using System.Globalization;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Viz.Simulation;

namespace DreamViz.Benchmarks.Frames;

/// <summary><c>frame</c>: what the picture of the first preset costs, and what it takes from training.</summary>
internal static class FrameBenchmark
{
    private const double WarmUpSeconds = 2.5;

    private static readonly (int Width, int Height)[] Sizes = [(1280, 720), (1920, 1080)];

    /// <summary>The command.</summary>
    public static Command Create() => new MeasuringCommand(
        "frame", "Milliseconds to build and draw a frame, and training's slowdown while watched.",
        plan => ForeignLoad.Note(Measure(plan.WithWindow(plan.Quick ? 400 : 1000))));

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan)
    {
        using Explorer explorer = new(new ExplorerOptions { Preset = PresetCatalog.Default, Threads = 1, StartPlaying = true });
        WarmUp(explorer);
        Watching unwatched = new("unwatched", explorer, null, inSoftware: false);
        Watching listOnly = new("1280×720, draw list built only", explorer, Sizes[0], inSoftware: false);
        Watching[] drawn = [.. Sizes.Select(size => InSoftware(explorer, size))];
        Measurements measured = Interleaved.Measure(plan, [unwatched, listOnly, .. drawn]);
        yield return new BenchmarkTable(
            $"The first preset's screen at 60 frames a second, while another thread trains at full speed; {Environment.ProcessorCount} cores",
            [
                .. drawn.Select(watching => Cost($"build the draw list, {watching.Size}", watching.SecondsToBuild)),
                .. drawn.Select(watching => Cost($"draw it in software, {watching.Size}", watching.SecondsToDraw)),
                .. drawn.Prepend(listOnly).Select(watching => Slowdown(measured, watching, unwatched)),
            ]);
    }

    // As many frames as the runtime needs before all of the picture's code is compiled at full optimization.
    private static void WarmUp(Explorer explorer)
    {
        foreach ((int Width, int Height) size in Sizes)
            InSoftware(explorer, size).SecondsPerRun(TimeSpan.FromSeconds(WarmUpSeconds));
    }

    private static Watching InSoftware(Explorer explorer, (int Width, int Height) size) =>
        new($"{size.Width}×{size.Height}, in software", explorer, size, inSoftware: true);

    private static BenchmarkRow Cost(string name, IReadOnlyList<double> seconds) => new($"{name}, ms a frame", Measurements.Median(seconds) * 1e3)
    {
        Unit = "ms",
        LessIsBetter = true,
        Detail = string.Create(CultureInfo.InvariantCulture, $"{100 * Measurements.Median(seconds) / Watching.SecondsToAFrame:0.0}% of a frame; fastest {seconds.Min() * 1e3:0.00} ms"),
    };

    private static BenchmarkRow Slowdown(Measurements measured, Watching watching, Watching unwatched) =>
        new($"training's speed while watched, {watching.Name}, over unwatched", measured.Speedup(watching, unwatched))
        {
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{1 / measured.MedianSeconds(watching):0} over {1 / measured.MedianSeconds(unwatched):0} steps/s, {watching.FramesPerSecond:0} frames/s"),
        };
}
