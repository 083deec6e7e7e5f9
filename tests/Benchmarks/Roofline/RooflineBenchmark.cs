using System.CommandLine;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Benchmarks.Steps;

namespace DreamViz.Benchmarks.Roofline;

/// <summary><c>roofline</c>: every kernel against this machine's limits, and how whole steps scale.</summary>
internal static class RooflineBenchmark
{
    /// <summary>The command.</summary>
    public static Command Create() => new MeasuringCommand(
        "roofline", "Every product over this machine's multiply-add peak, element-wise kernels, and how whole steps scale.",
        plan => ForeignLoad.Note(Measure(plan)));

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan)
    {
        MeasuringPlan kernels = plan.InWindowsOf(1);
        yield return Product.Measure("Data-layer products", kernels, BinaryProducts.DataLayer(100, 200));
        yield return Product.Measure("Half-dense products", kernels, BinaryProducts.HalfDense());
        yield return Product.Measure("Products of small and awkward shapes", kernels, BinaryProducts.Small());
        yield return Product.Measure("Dense products of hidden layers", kernels, DenseProducts.All());
        yield return UnitCost.Measure("Sampling and element-wise", kernels, ElementWiseCosts.All());
        yield return GrowthTable.Measure(plan.InWindowsOf(12));
        yield return ThreadsTable.Measure(plan);
    }
}
