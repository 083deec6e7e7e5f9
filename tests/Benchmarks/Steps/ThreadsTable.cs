using System.Globalization;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Steps;

/// <summary>What a second thread brings, alone on the machine and beside other work.</summary>
internal static class ThreadsTable
{
    // A window begins with waking the second thread, and with caches full of the other contender's weights: training goes on for longer
    // than the few milliseconds after which either is forgotten.
    private const double Window = 40;

    // Long enough that the system's scheduler shares its cores fairly within a window.
    private const double BusyWindow = 120;
    private const string Large = "step 784-200-200, batch 100";
    private const string Small = "the first preset's step, 64-48-24-12, batch 20";

    /// <summary>A large step and the first preset's small one, on one thread and on two.</summary>
    public static BenchmarkTable Measure(MeasuringPlan plan)
    {
        Dataset data = BenchmarkData.Digits();
        using WorkerTeam pair = new(2);
        TimedAction smallOne = WakeSleepStep.FirstPreset("1 thread", WorkerTeam.Single);
        TimedAction smallTwo = WakeSleepStep.FirstPreset("2 threads", pair);
        TimedAction one = WakeSleepStep.Contender("1 thread", data, WorkerTeam.Single, 200, 200);
        TimedAction two = WakeSleepStep.Contender("2 threads", data, pair, 200, 200);
        Beside oneBeside = new("1 thread beside other work", one), twoBeside = new("2 threads beside other work", two);
        Measurements measured = Interleaved.Measure(plan.InWindowsOf(Window), one, two);
        Measurements measuredSmall = Interleaved.Measure(plan.InWindowsOf(Window), smallOne, smallTwo);
        Measurements busy = Interleaved.Measure(plan.WithWindow(BusyWindow), one, two, oneBeside, twoBeside);
        return new BenchmarkTable(
            $"Threads, on {Environment.ProcessorCount} cores; other work is one thread that computes without rest",
            [
                Row(measured, two, one, Large) with { Must = 1.6, Aim = 1.9 },
                Row(measuredSmall, smallTwo, smallOne, Small),
                Row(busy, twoBeside, two, Large),
                Row(busy, oneBeside, one, Large),
                Row(busy, twoBeside, oneBeside, Large),
            ]);
    }

    private static BenchmarkRow Row(Measurements measured, IContender contender, IContender over, string step) =>
        new($"{contender.Name} over {over.Name}, {step}", measured.Speedup(contender, over))
        {
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{1 / measured.MedianSeconds(contender):0} over {1 / measured.MedianSeconds(over):0} steps/s"),
        };
}
