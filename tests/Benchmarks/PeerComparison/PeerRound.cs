using System.Globalization;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.PeerComparison;

/// <summary>All contenders of one number of threads. One computes at a time; the others wait.</summary>
internal sealed class PeerRound : IDisposable
{
    private const int BatchSize = 100;

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
        Estimator = "nvil",
        BatchSize = BatchSize,
        Optimizer = OptimizerKind.Adam,
        GenerativeRate = 1e-3,
        RecognitionRate = 1e-3,
        BaselineWidth = 100,
        BaselineRate = 1e-3,
    };

    // Random bits keep the latents half on, so a step stays as costly as it starts; on pictures both grow sparser.
    private readonly Dataset data = BenchmarkData.Noise();
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
        PythonPeer nvilByAutograd = Peer(python, "nvil_autograd");
        foreach (PythonPeer peer in peers) _ = peer.Description;
        EngineStep wakeSleep = Step(WakeSleepTraining, 200, 200), nvil = Step(NvilTraining, 200);
        bool alone = threads == 1;
        Compare($"wake-sleep step 784-200-200 over hand-written PyTorch, {Count}", wakeSleep, byHand, alone ? (3, 5) : (4, 6));
        Compare($"wake-sleep step 784-200-200 over autograd PyTorch, {Count}", wakeSleep, autograd, alone ? (5, 9) : (8, 14));
        Compare($"NVIL step 784-200, baseline 784-100-1, over autograd PyTorch, {Count}", nvil, nvilByAutograd, (4, 6));
    }

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

    private EngineStep Step(TrainingSettings training, params int[] latentLayers)
    {
        EngineStep step = new(data, new ModelSettings { LatentLayers = latentLayers }, training, threads);
        steps.Add(step);
        return step;
    }

    private void Compare(string name, EngineStep ours, PythonPeer theirs, (double Must, double Aim) bars) =>
        comparisons.Add(new Comparison(name, ours, theirs, bars.Must, bars.Aim));

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
