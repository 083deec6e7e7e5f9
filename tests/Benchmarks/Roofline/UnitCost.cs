using System.Globalization;
using DreamViz.Benchmarks.Measuring;

namespace DreamViz.Benchmarks.Roofline;

/// <summary>A kernel that passes over its units once: what it takes for one of them.</summary>
/// <param name="Name">What the table calls it, with the shape.</param>
/// <param name="Unit">What is counted: unit, parameter, bit.</param>
/// <param name="Units">How many of them a run takes.</param>
/// <param name="Run">Does it once, on one thread.</param>
internal sealed record UnitCost(string Name, string Unit, double Units, Action Run)
{
    /// <summary>The nanoseconds it may take, or null.</summary>
    public double? Must { get; init; }

    /// <summary>The nanoseconds it aims at, or null.</summary>
    public double? Aim { get; init; }

    /// <summary>Measures all of them in turn.</summary>
    public static BenchmarkTable Measure(string title, MeasuringPlan plan, IEnumerable<UnitCost> costs)
    {
        UnitCost[] all = [.. costs];
        TimedAction[] actions = [.. all.Select(cost => new TimedAction(cost.Name, cost.Run))];
        Measurements measured = Interleaved.Measure(plan, actions);
        return new BenchmarkTable(title, [.. all.Zip(actions, (cost, action) => cost.Row(measured, action))]);
    }

    private BenchmarkRow Row(Measurements measured, IContender action)
    {
        double seconds = measured.MedianSeconds(action);
        return new BenchmarkRow($"{Name}, ns a {Unit}", seconds * 1e9 / Units, Must, Aim)
        {
            Unit = "ns",
            LessIsBetter = true,
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{seconds * 1e6:0.0} µs; best window {measured.BestSeconds(action) * 1e9 / Units:0.00} ns"),
        };
    }
}
