using System.Globalization;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Steps;

/// <summary>What a weight costs as the model grows: 784-H-H on one thread.</summary>
internal static class GrowthTable
{
    private static readonly int[] Widths = [100, 200, 400, 800, 1600];

    /// <summary>Time a weight and example of every width, and by how much it rises from one width to any larger one.
    /// </summary>
    public static BenchmarkTable Measure(MeasuringPlan plan)
    {
        Dataset data = BenchmarkData.Digits();
        TimedAction[] steps = [.. Widths.Select(width =>
            WakeSleepStep.Contender($"784-{width}-{width}", data, WorkerTeam.Single, width, width))];
        Measurements measured = Interleaved.Measure(plan, steps);
        double Cost(int i) => 1 / Work(Widths[i]);
        double Rise(int from, int to) => measured.MedianRatio(steps[to], steps[from]) * Cost(to) / Cost(from);
        double worst = (from to in Enumerable.Range(0, Widths.Length) from origin in Enumerable.Range(0, to) select Rise(origin, to)).Max();
        IEnumerable<BenchmarkRow> rows = Widths.Select((width, i) => new BenchmarkRow(
            $"{steps[i].Name}: picoseconds a weight and example", measured.MedianSeconds(steps[i]) * Cost(i) * 1e12)
        {
            Unit = "ps",
            LessIsBetter = true,
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{measured.MedianSeconds(steps[i]) * 1e3:0.00} ms a step, {Rise(0, i):0.00} × the cost of H = {Widths[0]}"),
        });
        BenchmarkRow flat = new($"largest rise from one H to any larger, H = {Widths[0]} … {Widths[^1]}", worst, 1.5, 1)
        {
            LessIsBetter = true,
            Detail = "flat within 1.5; below 1 it falls all the way",
        };
        return new BenchmarkTable("Cost as the model grows: wake-sleep step 784-H-H, batch 100, 1 thread", [.. rows, flat]);
    }

    /// <summary>Weights times examples of a step, of both networks.</summary>
    private static double Work(int width) => 2.0 * (784 * width + width * width) * WakeSleepStep.Batch;
}
