using System.CommandLine;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Benchmarks.Steps;

namespace DreamViz.Benchmarks.Roofline;

/// <summary><c>roofline</c>: every kernel against this machine's limits, and how whole steps scale.</summary>
internal static class RooflineBenchmark
{
    /// <summary>The command.</summary>
    public static Command Create() => new MeasuringCommand(
        "roofline", "Every product over this machine's multiply-add peak, element-wise kernels, and how whole steps scale.", Measure);

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan)
    {
        yield return Product.Measure("Data-layer products", plan, BinaryProducts.DataLayer(100, 200));
        yield return Product.Measure("Half-dense products", plan, BinaryProducts.HalfDense());
        yield return Product.Measure("Products of small and awkward shapes", plan, BinaryProducts.Small());
        yield return Product.Measure("Dense products of hidden layers", plan, DenseProducts.All());
        yield return UnitCost.Measure("Sampling and element-wise", plan, ElementWiseCosts.All());
        yield return GrowthTable.Measure(plan);
        yield return ThreadsTable.Measure(plan);
    }
}
