using BenchmarkDotNet.Attributes;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Kernels;

/// <summary>Products with bits, sparse as data and half-dense as latent units.</summary>
[MemoryDiagnoser]
public class BinaryProductKernels
{
    private BitMatrix bits = new(0, 0);
    private Matrix weights = new(0, 0), logits = new(0, 0), errors = new(0, 0), gradient = new(0, 0);
    private float[] bias = [];

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; } = new(0, 0, 0);

    [Params(0.175, 0.5)]
    public double Density { get; set; }

    public static IEnumerable<Shape> Shapes => Shape.FriendlyAndAwkward;

    [GlobalSetup]
    public void Setup()
    {
        bits = RandomInputs.Bits(Shape.Batch, Shape.Parents, Density);
        weights = RandomInputs.Normal(Shape.Parents, Shape.Units, 0.05);
        errors = RandomInputs.Normal(Shape.Batch, Shape.Units, 0.3);
        (logits, gradient) = (new Matrix(Shape.Batch, Shape.Units), new Matrix(Shape.Parents, Shape.Units));
        bias = new float[Shape.Units];
    }

    [Benchmark(Description = "BinaryAffine")]
    public void Forward() => BinaryAffine.Compute(bits, weights, bias, logits, WorkerTeam.Single);

    [Benchmark(Description = "BinaryOuterProduct")]
    public void Gradient() => BinaryOuterProduct.Accumulate(bits, errors, gradient, WorkerTeam.Single);
}
