using System.Globalization;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.PeerComparison;

/// <summary>All contenders of one number of threads. One computes at a time; the others wait.</summary>
internal sealed class PeerRound : IDisposable
{
    private const int BatchSize = 100;
    private const string Nvil = "nvil";

    private static readonly TrainingSettings WakeSleepTraining = new()
    {
        Estimator = "wake-sleep",
        BatchSize = BatchSize,
        Optimizer = OptimizerKind.Sgd,
        GenerativeRate = 0.15,
        RecognitionRate = 0.15,
    };

    private static readonly TrainingSettings NvilTraining = new()
    {
        Estimator = Nvil,
        BatchSize = BatchSize,
        Optimizer = OptimizerKind.Adam,
        GenerativeRate = 1e-3,
        RecognitionRate = 1e-3,
    };

    private readonly int threads;
    private readonly List<PythonPeer> peers = [];
    private readonly List<EngineStep> steps = [];
    private readonly List<Comparison> comparisons = [];

    /// <param name="python">The Python that has PyTorch.</param>
    /// <param name="threads">For each contender.</param>
    public PeerRound(string python, int threads)
    {
        this.threads = threads;
        PythonPeer byHand = Peer(python, "wake_sleep_by_hand"), autograd = Peer(python, "wake_sleep_autograd");
        PythonPeer? nvilPeer = HasNvil ? Peer(python, "nvil_autograd") : null;
        foreach (PythonPeer peer in peers) _ = peer.Description;
        Dataset data = BenchmarkData.Noise();
        ModelSettings wide = new() { LatentLayers = [200, 200] };
        EngineStep wakeSleep = Step(data, wide, WakeSleepTraining, threads);
        const string Network = "wake-sleep step 784-200-200";
        comparisons.Add(threads == 1
            ? new($"{Network} over hand-written PyTorch, {Count}", wakeSleep, byHand, 3, 5)
            : new($"{Network} over hand-written PyTorch, {Count}", wakeSleep, byHand, 4, 6));
        comparisons.Add(threads == 1
            ? new($"{Network} over autograd PyTorch, {Count}", wakeSleep, autograd, 5, 9)
            : new($"{Network} over autograd PyTorch, {Count}", wakeSleep, autograd, 8, 14));
        if (threads == 2)
            comparisons.Add(new($"{Network}, {Count} over 1", wakeSleep, Step(data, wide, WakeSleepTraining, 1), 1.6, 1.9));
        if (nvilPeer is null) return;
        EngineStep nvil = Step(data, new ModelSettings { LatentLayers = [200] }, NvilTraining, threads);
        comparisons.Add(new($"NVIL step 784-200 over autograd PyTorch, {Count}", nvil, nvilPeer, 4, 6));
    }

    private static bool HasNvil => EstimatorCatalog.All.Any(estimator => estimator.Key == Nvil);

    private string Count => threads == 1 ? "1 thread" : $"{threads} threads";

    /// <summary>Measures all in turn.</summary>
    public BenchmarkTable Measure(MeasuringPlan plan)
    {
        ForeignLoad load = new(() => peers.Aggregate(TimeSpan.Zero, (sum, peer) => sum + peer.ProcessorTime));
        Measurements measured = Interleaved.Measure(plan, [.. steps, .. peers]);
        string titles = string.Join("; ", peers.Select(peer => peer.Description).Distinct());
        return new BenchmarkTable(
            $"Batch {BatchSize}, {Count}, over PyTorch: {titles}; {load.Describe()}",
            [.. comparisons.Select(one => one.Row(measured))]);
    }

    /// <summary>Ends the scripts and our threads.</summary>
    public void Dispose()
    {
        foreach (PythonPeer peer in peers) peer.Dispose();
        foreach (EngineStep step in steps) step.Dispose();
    }

    private PythonPeer Peer(string python, string script)
    {
        PythonPeer peer = new(python, script, threads);
        peers.Add(peer);
        return peer;
    }

    private EngineStep Step(Dataset data, ModelSettings model, TrainingSettings training, int count)
    {
        EngineStep step = new(data, model, training, count);
        steps.Add(step);
        return step;
    }

    /// <summary>How many times as fast ours is as theirs, and what that has to be.</summary>
    private sealed record Comparison(string Name, IContender Ours, IContender Theirs, double Must, double Aim)
    {
        public BenchmarkRow Row(Measurements measured) => new(Name, measured.Speedup(Ours, Theirs), Must, Aim)
        {
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{measured.MedianSeconds(Ours) * 1e3:0.00} against {measured.MedianSeconds(Theirs) * 1e3:0.00} ms, best window {measured.BestSeconds(Ours) * 1e3:0.00} and {measured.BestSeconds(Theirs) * 1e3:0.00}"),
        };
    }
}
