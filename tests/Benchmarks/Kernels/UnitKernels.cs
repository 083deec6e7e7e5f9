using BenchmarkDotNet.Attributes;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Kernels;

/// <summary>Kernels that pass over a layer's units once.</summary>
[MemoryDiagnoser]
public class UnitKernels
{
    private readonly Matrix errors = new(0, 0);
    private readonly BitMatrix drawn = new(0, 0), transposed = new(0, 0);
    private Matrix logits = new(0, 0);
    private BitMatrix bits = new(0, 0);
    private float[] rowWeights = [], rowResults = [], sums = [];
    private long step;

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; } = new(0, 0, 0);

    public static IEnumerable<Shape> Shapes => Shape.FriendlyAndAwkward;

    [GlobalSetup]
    public void Setup()
    {
        logits = RandomInputs.Normal(Shape.Batch, Shape.Units, 1.5);
        bits = RandomInputs.Bits(Shape.Batch, Shape.Units, 0.5);
        (rowWeights, rowResults, sums) = (new float[Shape.Batch], new float[Shape.Batch], new float[Shape.Units]);
        Array.Fill(rowWeights, 1f / Shape.Batch);
        BernoulliError.Compute(bits, logits, rowWeights, errors, WorkerTeam.Single);
    }

    [Benchmark(Description = "BernoulliSampling")]
    public void Sampling() => BernoulliSampling.Sample(logits, new StreamKey(1, StreamPurpose.Wake, step++), drawn, WorkerTeam.Single);

    [Benchmark(Description = "BernoulliError")]
    public void Error() => BernoulliError.Compute(bits, logits, rowWeights, errors, WorkerTeam.Single);

    [Benchmark(Description = "BernoulliLogProbability")]
    public void LogProbability() => BernoulliLogProbability.Accumulate(bits, logits, rowResults, WorkerTeam.Single);

    [Benchmark(Description = "ColumnSums")]
    public void Sums() => ColumnSums.Accumulate(errors, sums, WorkerTeam.Single);

    [Benchmark(Description = "BitTranspose")]
    public void Transpose() => BitTranspose.Compute(bits, transposed);
}
