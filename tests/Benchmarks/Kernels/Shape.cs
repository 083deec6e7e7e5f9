namespace DreamViz.Benchmarks.Kernels;

/// <summary>The shape of a layer's work.</summary>
/// <param name="Batch">B, rows.</param>
/// <param name="Parents">K, units below the weights.</param>
/// <param name="Units">D, units behind them.</param>
public sealed record Shape(int Batch, int Parents, int Units)
{
    /// <summary>Whole vectors, and numbers that leave something over everywhere.</summary>
    public static IEnumerable<Shape> FriendlyAndAwkward => [new(128, 768, 256), new(99, 783, 201)];

    /// <inheritdoc/>
    public override string ToString() => $"B {Batch}, K {Parents}, D {Units}";
}
