using System.Diagnostics;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.PeerComparison;

/// <summary>Our training step: reads a batch, draws the latents, moves θ, dreams where the estimator dreams, moves λ. The
/// scripts' step does the same: as many examples and dreams, the same network, the same update of the same parameters. (Of
/// an estimator that learns nothing from dreams our step still draws one, to be watched.)</summary>
/// <remarks>The team's threads park within microseconds of a step's end, so that the others have the machine.</remarks>
internal sealed class EngineStep : IContender, IDisposable
{
    // The runtime compiles hot methods anew, in the background, during about the first half second.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(800);

    private readonly WorkerTeam team;
    private readonly TimedAction timed;

    /// <param name="data">The examples.</param>
    /// <param name="model">The network.</param>
    /// <param name="training">How it learns.</param>
    /// <param name="threads">Threads, the caller included.</param>
    public EngineStep(Dataset data, ModelSettings model, TrainingSettings training, int threads)
    {
        team = new WorkerTeam(threads);
        Trainer trainer = new(data, model, training, seed: 1, team);
        timed = new TimedAction($"{training.Estimator}, {threads} threads", () => trainer.TakeStep(StepPhases.Both));
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < WarmUp) trainer.TakeStep(StepPhases.Both);
    }

    /// <inheritdoc/>
    public string Name => timed.Name;

    /// <inheritdoc/>
    public double SecondsPerRun(TimeSpan window) => timed.SecondsPerRun(window);

    /// <inheritdoc/>
    public void Dispose() => team.Dispose();
}
