using System.Diagnostics;
using DreamViz.Engine;
using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Simulation;

/// <summary>Weights and examples, as they were when the laboratory was opened.</summary>
/// <param name="Machine">A copy.</param>
/// <param name="Batch">[B, D] the examples whose gradient is estimated; the first is shown.</param>
/// <param name="Data">The run's data.</param>
/// <param name="Settings">How the run learned.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Labels">[B] the labels given with the examples, −1 for none; empty where the network has no label.</param>
internal sealed record FrozenWeights(
    HelmholtzMachine Machine, BitMatrix Batch, Dataset Data, TrainingSettings Settings, ulong Seed, long Step, IReadOnlyList<int> Labels)
{
    /// <summary>[D] the example that is shown, 0 or 1.</summary>
    public byte[] Bits { get; } = FirstOf(Batch);

    /// <summary>The same for the engine.</summary>
    public FrozenRun ToRun() => new(Machine, Batch, Data.Training, Settings, Seed, Labels);

    private static byte[] FirstOf(BitMatrix batch)
    {
        byte[] bits = new byte[batch.Columns];
        batch.UnpackRow(0, bits);
        return bits;
    }
}

/// <summary>A laboratory at work: on a thread of its own while the picture is live, a slice a frame in a film. Publishes what it
/// has found some ten times a second; nobody waits.</summary>
internal sealed class LaboratoryBench
{
    private const int AnswersPerFrame = 32;
    private const int SlicesBetweenResults = 4;
    private const int MostAnswersAtOnce = 256;
    private const double SecondsBetweenResults = 0.1;
    private const double SliceSeconds = 0.02;

    private readonly Lazy<EstimatorLaboratory> laboratory;
    private readonly bool isFilm;
    private volatile LaboratoryResult? result;
    private volatile string? failure;
    private volatile bool stopping;
    private int slices;

    /// <param name="frozen">What is measured.</param>
    /// <param name="estimators">Each with its K.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="isFilm">Whether <see cref="Advance"/> does the work.</param>
    public LaboratoryBench(
        FrozenWeights frozen, IReadOnlyList<(string Key, int Samples)> estimators, LaboratorySettings settings, bool isFilm)
    {
        this.isFilm = isFilm;
        laboratory = new(() => new EstimatorLaboratory(frozen.ToRun(), settings, estimators, WorkerTeam.Single, TimeProvider.System));
        if (!isFilm) new Thread(Work) { IsBackground = true, Name = "Laboratory" }.Start();
    }

    /// <summary>The newest result; null before the first.</summary>
    public LaboratoryResult? Result => result;

    /// <summary>Why nothing can be measured, or null.</summary>
    public string? Failure => failure;

    /// <summary>In a film: measures on, the same for every frame.</summary>
    public void Advance()
    {
        if (!isFilm || failure is not null || result is { IsDone: true }) return;
        Guard(() => Measure(AnswersPerFrame));
    }

    /// <summary>Ends the work after its present slice.</summary>
    public void Stop() => stopping = true;

    private void Work() => Guard(() =>
    {
        long published = Stopwatch.GetTimestamp();
        for (int answers = 1; !stopping && !laboratory.Value.IsDone;)
        {
            long began = Stopwatch.GetTimestamp();
            laboratory.Value.Advance(answers);
            if (Stopwatch.GetElapsedTime(began).TotalSeconds < SliceSeconds) answers = Math.Min(2 * answers, MostAnswersAtOnce);
            if (Stopwatch.GetElapsedTime(published).TotalSeconds < SecondsBetweenResults) continue;
            result = laboratory.Value.Read();
            published = Stopwatch.GetTimestamp();
        }

        result = laboratory.Value.Read();
    });

    private void Measure(int answers)
    {
        laboratory.Value.Advance(answers);
        if (slices++ % SlicesBetweenResults == 0 || laboratory.Value.IsDone) result = laboratory.Value.Read();
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (InvalidInputException refused)
        {
            failure = refused.Message;
        }
    }
}
