using System.CommandLine;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Estimators;

namespace DreamViz.Benchmarks.Estimators;

/// <summary><c>estimators</c>: what every estimator's step costs, beside what its count of network evaluations implies.</summary>
internal static class EstimatorBenchmark
{
    /// <summary>The command.</summary>
    public static Command Create() => new MeasuringCommand(
        "estimators", "Every estimator's step over a wake-sleep step; it must cost no more than its network passes, each timed alone, imply.",
        plan => ForeignLoad.Note(Measure(plan)));

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan)
    {
        yield return new EstimatorSteps(200).Measure(plan.InWindowsOf(20), EstimatorCatalog.All);
        yield return new EstimatorSteps(200, 200).Measure(plan.InWindowsOf(20), EstimatorCatalog.All);
        yield return new EstimatorSteps(8).Measure(plan.InWindowsOf(20), [EstimatorCatalog.All.First(e => e.Key == "exact")]);
    }
}
