using BenchmarkDotNet.Attributes;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Kernels;

/// <summary>Products behind deterministic hidden layers.</summary>
[MemoryDiagnoser]
public class DenseProductKernels
{
    private Matrix x = new(0, 0), weights = new(0, 0), y = new(0, 0), errors = new(0, 0), gradient = new(0, 0), result = new(0, 0);
    private float[] bias = [];

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; } = new(0, 0, 0);

    public static IEnumerable<Shape> Shapes => Shape.FriendlyAndAwkward;

    [GlobalSetup]
    public void Setup()
    {
        x = RandomInputs.Normal(Shape.Batch, Shape.Parents, 0.5);
        weights = RandomInputs.Normal(Shape.Parents, Shape.Units, 0.05);
        errors = RandomInputs.Normal(Shape.Batch, Shape.Units, 0.3);
        (y, gradient) = (new Matrix(Shape.Batch, Shape.Units), new Matrix(Shape.Parents, Shape.Units));
        result = new Matrix(Shape.Batch, Shape.Parents);
        bias = new float[Shape.Units];
    }

    [Benchmark(Description = "DenseAffine")]
    public void Forward() => DenseAffine.Compute(x, weights, bias, y, WorkerTeam.Single);

    [Benchmark(Description = "DenseOuterProduct")]
    public void Gradient() => DenseOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);

    [Benchmark(Description = "DenseBackward")]
    public void Backward() => DenseBackward.Compute(errors, weights, result, WorkerTeam.Single);
}
