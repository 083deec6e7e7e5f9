using DreamViz.Engine;
using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Simulation;

/// <summary>A run with everything it needs: preset → dataset → trainer → loop.</summary>
internal sealed class ExplorerRun : IDisposable
{
    private readonly WorkerTeam team;

    private ExplorerRun(Preset preset, Dataset data, ulong seed, int threads)
    {
        (Preset, Data) = (preset, data);
        team = new WorkerTeam(threads);
        try
        {
            var trainer = new Trainer(data, preset.Model, preset.Training, seed, team);
            Machine = trainer.Machine;
            Loop = new TrainingLoop(trainer, TimeProvider.System) { TargetRate = 0 };
            Floor = IndependentFloor.Compute(data.Training, HeldOut.Of(data), data.Units);
        }
        catch
        {
            team.Dispose();
            throw;
        }
    }

    /// <summary>What it runs.</summary>
    public Preset Preset { get; }

    /// <summary>What it learns from.</summary>
    public Dataset Data { get; }

    /// <summary>What learns, at first; the loop's own while it runs.</summary>
    public HelmholtzMachine Machine { get; }

    /// <summary>The loop, paused and not started.</summary>
    public TrainingLoop Loop { get; }

    /// <summary>What a network without latent units would reach on held-out data, in nats per example.</summary>
    public double Floor { get; }

    /// <summary>Makes a run; may take seconds where the data is large.</summary>
    /// <param name="preset">Data, network and learning.</param>
    /// <param name="data">The data when already open, or null.</param>
    /// <param name="seed">Names every random number.</param>
    /// <param name="threads">Threads that train.</param>
    /// <exception cref="InvalidInputException">The data or a setting cannot be used.</exception>
    public static ExplorerRun Create(Preset preset, Dataset? data, ulong seed, int threads) =>
        new(preset, data ?? preset.Data.Open(preset.Key), seed, threads);

    /// <summary>Stops between two steps and waits for that.</summary>
    public void Dispose()
    {
        Loop.Dispose();
        team.Dispose();
    }
}
