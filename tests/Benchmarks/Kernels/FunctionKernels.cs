using BenchmarkDotNet.Attributes;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Kernels;

namespace DreamViz.Benchmarks.Kernels;

/// <summary>Functions of one number at a time, over a span.</summary>
[MemoryDiagnoser]
public class FunctionKernels
{
    private float[] x = [], y = [];

    [Params(4096, 3999)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        x = RandomInputs.Normal(1, Length, 1.5).Row(0).ToArray();
        y = new float[Length];
    }

    [Benchmark(Description = "Sigmoid")]
    public void Sigmoids() => Sigmoid.Compute(x, y);

    [Benchmark(Description = "Softplus")]
    public void Softpluses() => Softplus.Compute(x, y);

    [Benchmark(Description = "HyperbolicTangent")]
    public void Tangents() => HyperbolicTangent.Compute(x, y);

    [Benchmark(Description = "LeakyRelu")]
    public void LeakyRelus() => LeakyRelu.Compute(x, y);

    [Benchmark(Description = "LogSumExp")]
    public float LogSum() => LogSumExp.Compute(x);
}
