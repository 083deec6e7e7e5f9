using System.Globalization;
using DreamViz.Benchmarks.Measuring;

namespace DreamViz.Benchmarks.Roofline;

/// <summary>A matrix product whose rate is compared with the FMA peak.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Operations">2·B·K·D: what a dense product of its shape takes.</param>
/// <param name="Run">Does it once, on one thread.</param>
internal sealed record Product(string Name, double Operations, Action Run)
{
    /// <summary>What its rate over the peak must reach, or null.</summary>
    public double? Must { get; init; }

    /// <summary>What its rate over the peak aims at, or null.</summary>
    public double? Aim { get; init; }

    /// <summary>Measures products in turn with the peak, and gives the rates over it.</summary>
    public static BenchmarkTable Measure(string title, MeasuringPlan plan, IEnumerable<Product> products) =>
        new(title, [.. products.Chunk(ProductsToARound).SelectMany(few => Measure(plan, few))]);

    // A round short enough that the peak's window is close in time to every product's.
    private const int ProductsToARound = 4;

    private static IEnumerable<BenchmarkRow> Measure(MeasuringPlan plan, Product[] products)
    {
        IContender peak = FmaPeak.Create();
        TimedAction[] actions = [.. products.Select(product => new TimedAction(product.Name, product.Run))];
        Measurements measured = Interleaved.Measure(plan, [peak, .. actions]);
        return products.Zip(actions, (product, action) => product.Row(measured, action, peak));
    }

    private BenchmarkRow Row(Measurements measured, IContender action, IContender peak)
    {
        double seconds = measured.MedianSeconds(action);
        double peakRate = FmaPeak.Operations / measured.MedianSeconds(peak) / 1e9;
        return new BenchmarkRow(
            Name, measured.Speedup(action, peak) * Operations / FmaPeak.Operations, Must, Aim)
        {
            Unit = "× FMA peak",
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{seconds * 1e6:0.0} µs; GFLOP/s: {Rate(seconds):0}, best window {Rate(measured.BestSeconds(action)):0}, peak {peakRate:0}"),
        };
    }

    private double Rate(double seconds) => Operations / seconds / 1e9;
}
