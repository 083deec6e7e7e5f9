using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine;
using Perfolizer.Horology;

namespace DreamViz.Benchmarks.Kernels;

/// <summary><c>kernels</c>: every kernel under BenchmarkDotNet, a friendly and an awkward size each, time and allocation.
/// </summary>
internal static class KernelBenchmark
{
    private static readonly Type[] Classes =
    [
        typeof(BinaryProductKernels), typeof(DenseProductKernels), typeof(UnitKernels), typeof(FunctionKernels),
        typeof(OptimizerKernels), typeof(StepKernels),
    ];

    /// <summary>The command.</summary>
    public static Command Create() => new MeasuringCommand(
        "kernels", "Every kernel under BenchmarkDotNet: time and allocation at a friendly and an awkward size.",
        plan => ForeignLoad.Note(Measure(plan)));

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan)
    {
        foreach (Type type in Classes)
        {
            Summary summary = BenchmarkRunner.Run(type, Config(plan));
            yield return new BenchmarkTable(Title(type), [.. summary.Reports.Select(Row)]);
        }
    }

    // BinaryProductKernels: "Binary product kernels".
    private static string Title(Type type) => string.Concat(type.Name.Select((letter, at) =>
        at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));

    // In this process: nothing has to be built, so it runs wherever the program does.
    private static ManualConfig Config(MeasuringPlan plan) => ManualConfig.CreateEmpty()
        .AddLogger(NullLogger.Instance)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "dreamviz-benchmarks"))
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(plan.Quick ? 1 : 4)
            .WithIterationCount(plan.Windows)
            .WithIterationTime(TimeInterval.FromMilliseconds(plan.Quick ? 10 : plan.Window.TotalMilliseconds)));

    private static BenchmarkRow Row(BenchmarkReport report)
    {
        string name = $"{report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')}, {Parameters(report)}";
        if (report.ResultStatistics is not { } statistics)
            throw new InvalidInputException($"{name}: expected a measurement, found none; BenchmarkDotNet could not run it");
        return new BenchmarkRow($"{name}, µs", statistics.Median / 1e3)
        {
            Unit = "µs",
            LessIsBetter = true,
            Detail = string.Create(CultureInfo.InvariantCulture, $"± {statistics.StandardDeviation / 1e3:0.00}; {Allocation(report.GcStats)}"),
        };
    }

    private static string Parameters(BenchmarkReport report) => string.Join(", ", report.BenchmarkCase.Parameters.Items.Select(item =>
        item.Value is Shape shape ? $"{shape}" : string.Create(CultureInfo.InvariantCulture, $"{item.Name} {item.Value}")));

    // Measuring itself may take that much in a whole window.
    private static string Allocation(GcStats memory) => memory.GetTotalAllocatedBytes(excludeAllocationQuantumSideEffects: true) is { } bytes and > 0
        ? $"{bytes / memory.TotalOperations} bytes allocated"
        : "nothing allocated";
}
