using System.Diagnostics;
using DreamViz.Engine.Data;
using DreamViz.Engine.Data.Formats;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.Presets;

/// <summary>Bounds on held-out data of one run at one step, in nats per example.</summary>
internal sealed record Figure(string Setting, int Seed, long Step, double Elbo, double Iw100);

/// <summary>Runs settings with several seeds.</summary>
internal sealed class PresetRuns(int seeds, long lastStep, int threads, CancellationToken stop)
{
    private const int Samples = 100;
    private const int MeasuredExamples = 1000;

    private static readonly long[] UsualSteps = [2_000, 5_000, 10_000, 20_000];

    /// <summary>The steps at which bounds are measured.</summary>
    public IReadOnlyList<long> Steps { get; } = [.. UsualSteps.Where(step => step < lastStep), lastStep];

    /// <summary>All seeds, one after the other.</summary>
    public IEnumerable<Figure> Measure(BenchmarkedSetting setting)
    {
        Dataset data = DataCatalog.Open(setting.Source, setting.Options);
        Examples heldOut = setting.HeldOutFile is { } file
            ? Binarization.Apply(IdxFile.ReadImages(file), setting.Options, part: 2)
            : data.Test;
        using WorkerTeam team = new(threads);
        for (int seed = 1; seed <= seeds; seed++)
        {
            Trainer trainer = new(data, setting.Model, setting.Training, (ulong)seed, team);
            foreach (long step in Steps)
            {
                long started = Stopwatch.GetTimestamp();
                while (trainer.Step < step)
                {
                    stop.ThrowIfCancellationRequested();
                    trainer.TakeStep(StepPhases.Both);
                }

                TimeSpan took = Stopwatch.GetElapsedTime(started);
                (BoundEstimate elbo, BoundEstimate weighted) = Bounds.Estimate(
                    trainer.Machine, heldOut, MeasuredExamples, Samples, seed: 1, team);
                Console.Error.WriteLine(
                    $"{setting.Name}, seed {seed}, step {step}: {elbo.Value:0.00} / {weighted.Value:0.00}, {took.TotalSeconds:0.0} s");
                yield return new Figure(setting.Name, seed, step, elbo.Value, weighted.Value);
            }
        }
    }
}
