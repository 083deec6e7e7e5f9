using System.CommandLine;
using System.Globalization;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Software;
using DreamViz.Viz.Simulation;

namespace DreamViz.Benchmarks.Frames;

/// <summary><c>frame</c>: what the picture of the first preset costs, and what it takes from training.</summary>
internal static class FrameBenchmark
{
    private static readonly (int Width, int Height)[] Sizes = [(1280, 720), (1920, 1080)];

    /// <summary>The command.</summary>
    public static Command Create() => new MeasuringCommand(
        "frame", "Milliseconds to build and draw a frame, and training's slowdown while watched.", plan => ForeignLoad.Note(Measure(plan)));

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan)
    {
        using Explorer explorer = new(new ExplorerOptions { Preset = PresetCatalog.Default, Threads = 1, StartPlaying = true });
        DrawList list = new();
        WarmUp(explorer, list);
        yield return Costs(plan.InWindowsOf(8), explorer, list);
        yield return Slowdown(plan.WithWindow(plan.Quick ? 400 : 1000), explorer, list);
    }

    // As many frames as the runtime needs before all of the picture's code is compiled at full optimization.
    private static void WarmUp(Explorer explorer, DrawList list)
    {
        foreach ((int width, int height) in Sizes)
            InSoftware(explorer, list, width, height).SecondsPerRun(TimeSpan.FromSeconds(2.5));
    }

    private static BenchmarkTable Costs(MeasuringPlan plan, Explorer explorer, DrawList list)
    {
        TimedAction[] actions = [.. Sizes.SelectMany(size => Actions(explorer, list, size.Width, size.Height))];
        Measurements measured = Interleaved.Measure(plan, actions);
        return new BenchmarkTable(
            "Frames of the first preset's screen, on one thread, while another trains at full speed",
            [.. actions.Select(action => CostRow(measured, action))]);
    }

    /// <summary>Building first: what is drawn next is the list that it left.</summary>
    private static IEnumerable<TimedAction> Actions(Explorer explorer, DrawList list, int width, int height)
    {
        SoftwareScreen screen = new(width, height);
        yield return new TimedAction(
            $"build the draw list, {width}×{height}", () => explorer.Frame(list, width, height, Watching.SecondsToAFrame));
        yield return new TimedAction($"draw it in software, {width}×{height}", () => screen.Draw(list));
    }

    private static BenchmarkRow CostRow(Measurements measured, TimedAction action)
    {
        double milliseconds = measured.MedianSeconds(action) * 1e3;
        return new BenchmarkRow($"{action.Name}, ms a frame", milliseconds)
        {
            Unit = "ms",
            LessIsBetter = true,
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{milliseconds / Watching.SecondsToAFrame / 10:0.0}% of a frame at 60 a second; best window {measured.BestSeconds(action) * 1e3:0.00} ms"),
        };
    }

    private static BenchmarkTable Slowdown(MeasuringPlan plan, Explorer explorer, DrawList list)
    {
        Watching unwatched = new("unwatched", explorer, null);
        Watching[] watched =
        [
            new("at 1280×720, draw list built only", explorer,
                seconds => explorer.Frame(list, 1280, 720, seconds)),
            .. Sizes.Select(size => InSoftware(explorer, list, size.Width, size.Height)),
        ];
        Measurements measured = Interleaved.Measure(plan, [unwatched, .. watched]);
        return new BenchmarkTable(
            $"Training's speed on one thread, watched at 60 frames a second, over unwatched; {Environment.ProcessorCount} cores",
            [.. watched.Select(watching => new BenchmarkRow($"steps/s watched {watching.Name}, over unwatched", measured.Speedup(watching, unwatched))
            {
                Detail = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{1 / measured.MedianSeconds(watching):0} over {1 / measured.MedianSeconds(unwatched):0} steps/s, {watching.FramesPerSecond:0} frames/s"),
            })]);
    }

    private static Watching InSoftware(Explorer explorer, DrawList list, int width, int height)
    {
        SoftwareScreen screen = new(width, height);
        return new Watching($"at {width}×{height}, drawn in software", explorer, seconds =>
        {
            explorer.Frame(list, width, height, seconds);
            screen.Draw(list);
        });
    }
}
