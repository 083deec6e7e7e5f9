using System.CommandLine;
using System.Globalization;
using DreamViz.Benchmarks.Measuring;

namespace DreamViz.Benchmarks.Profiling;

/// <summary><c>profile</c>: where the time of a whole step goes, by timing each of its kernels at its own shapes.</summary>
internal static class ProfileBenchmark
{
    /// <summary>The command.</summary>
    public static Command Create() => new MeasuringCommand(
        "profile", "Where the time of a wake-sleep step goes: products, sampling, element-wise, optimizer, waiting.", plan => ForeignLoad.Note(Measure(plan.InWindowsOf(4))));

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan)
    {
        StepProfile profile = new(plan);
        yield return new BenchmarkTable(
            "Where the time of a wake-sleep step goes: 784-200-200, batch 100, digits of 28×28, 1 thread",
            [.. profile.Parts.Select(part => PartRow(profile, part)), BetweenRow(profile), .. WholeRows(profile)]);
    }

    private static BenchmarkRow PartRow(StepProfile profile, PartTime part) => Percent(
        $"{part.Name}, % of the step", part.Share,
        $"{part.Calls} kernels, {part.Share * profile.Seconds * 1e6:0} µs; 2 threads are {part.Speedup:0.00} × as fast");

    private static BenchmarkRow BetweenRow(StepProfile profile) => Percent(
        "between kernels, % of the step", profile.Between,
        $"{profile.Between * profile.Seconds * 1e6:0} µs: reading the batch, and memory that a kernel alone finds in its caches");

    private static IEnumerable<BenchmarkRow> WholeRows(StepProfile profile)
    {
        yield return new BenchmarkRow("step over the sum of its kernels, 1 thread", 1 / (1 - profile.Between))
        {
            LessIsBetter = true,
            Detail = Text($"{profile.Seconds * 1e6:0} over {(1 - profile.Between) * profile.Seconds * 1e6:0} µs"),
        };
        yield return new BenchmarkRow("step over one with all products and sampling at their aims, 1 thread", profile.Seconds / profile.SecondsAtAim)
        {
            LessIsBetter = true,
            Detail = Text($"{profile.Seconds * 1e6:0} over {profile.SecondsAtAim * 1e6:0} µs"),
        };
        yield return Percent(
            "waiting and uneven parts, % of the step on 2 threads", 1 - profile.Speedup / 2,
            $"{profile.SecondsOnTwo * 1e6:0} µs a step, {profile.Speedup:0.00} × as fast as 1 thread") with
        { LessIsBetter = true };
    }

    private static BenchmarkRow Percent(string name, double share, FormattableString detail) =>
        new(name, 100 * share) { Unit = "%", Detail = Text(detail) };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
