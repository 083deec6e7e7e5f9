using BenchmarkDotNet.Attributes;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.Kernels;

/// <summary>A whole step of wake-sleep, of reweighted wake-sleep with five samples, and with a deterministic hidden layer.
/// </summary>
[MemoryDiagnoser]
public class StepKernels
{
    // The first ones reserve memory and are compiled for a start only.
    private const int StepsBefore = 40;

    private static readonly Dataset Data = BenchmarkData.Digits();

    private Trainer? plain, reweighted, deep;

    [Params(128, 99)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        plain = Create("wake-sleep", 1, []);
        reweighted = Create("reweighted-wake-sleep", 5, []);
        deep = Create("wake-sleep", 1, [64]);
        for (int step = 0; step < StepsBefore; step++)
        {
            WakeSleep();
            Reweighted();
            Deep();
        }
    }

    [Benchmark(Description = "Step, wake-sleep")]
    public void WakeSleep() => plain!.TakeStep(StepPhases.Both);

    [Benchmark(Description = "Step, reweighted, K=5")]
    public void Reweighted() => reweighted!.TakeStep(StepPhases.Both);

    [Benchmark(Description = "Step, wake-sleep, hidden layer")]
    public void Deep() => deep!.TakeStep(StepPhases.Both);

    private Trainer Create(string estimator, int samples, int[] hidden) => new(
        Data,
        new ModelSettings { LatentLayers = [100, 50], HiddenLayers = hidden },
        new TrainingSettings
        {
            Estimator = estimator,
            Samples = samples,
            BatchSize = Batch,
            GenerativeRate = 0.02,
            RecognitionRate = 0.02,
        },
        seed: 1, WorkerTeam.Single);
}
