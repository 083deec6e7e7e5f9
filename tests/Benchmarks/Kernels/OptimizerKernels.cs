using BenchmarkDotNet.Attributes;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Optimizers;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.Kernels;

/// <summary>Updates of one weight matrix [K, D], the copy of a fresh gradient included: without it moments would fade to
/// denormal numbers.</summary>
[MemoryDiagnoser]
public class OptimizerKernels
{
    private Parameter parameter = new("weights", 0, 0);
    private Matrix gradient = new(0, 0);
    private Optimizer optimizer = Optimizer.Create(OptimizerKind.Sgd, []);

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; } = new(0, 0, 0);

    [ParamsAllValues]
    public OptimizerKind Kind { get; set; }

    public static IEnumerable<Shape> Shapes => Shape.FriendlyAndAwkward;

    [GlobalSetup]
    public void Setup()
    {
        parameter = new Parameter("weights", Shape.Parents, Shape.Units);
        gradient = RandomInputs.Normal(Shape.Parents, Shape.Units, 0.1);
        optimizer = Optimizer.Create(Kind, [parameter]);
    }

    [Benchmark(Description = "Optimizer")]
    public void Update()
    {
        parameter.Gradient.CopyFrom(gradient);
        optimizer.Apply(1e-3, 0.9, WorkerTeam.Single);
    }
}
