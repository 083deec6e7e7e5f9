using System.CommandLine;
using DreamViz.Benchmarks.Measuring;

namespace DreamViz.Benchmarks.Roofline;

/// <summary><c>roofline</c>: every kernel against this machine's limits, on one thread.</summary>
internal static class RooflineBenchmark
{
    /// <summary>The command.</summary>
    public static Command Create() => new MeasuringCommand(
        "roofline", "Every kernel against this machine's multiply-add peak, on one thread.", Measure);

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan)
    {
        yield return Product.Measure("Data-layer products", plan, BinaryProducts.DataLayer(100, 200));
        yield return Product.Measure("Half-dense products", plan, BinaryProducts.HalfDense());
        yield return Product.Measure("Products of small and awkward shapes", plan, BinaryProducts.Small());
    }
}
