using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Simulation;

namespace DreamViz.Benchmarks.Steps;

/// <summary>The whole step that steps are compared by: wake and sleep, 784 visible units, batch 100, stochastic gradient
/// ascent.</summary>
internal static class WakeSleepStep
{
    /// <summary>Examples and dreams a step.</summary>
    public const int Batch = 100;

    // Small: the code stays about half on while thousands of steps are timed, as it is early in training.
    private static readonly TrainingSettings Settings =
        new() { BatchSize = Batch, GenerativeRate = 0.02, RecognitionRate = 0.02 };

    /// <summary>A run of a machine with these latent layers.</summary>
    public static Trainer CreateTrainer(Dataset data, WorkerTeam team, params int[] latents) =>
        new(data, new ModelSettings { LatentLayers = latents }, Settings, seed: 1, team);

    /// <summary>Its steps as a contender.</summary>
    public static TimedAction Contender(string name, Dataset data, WorkerTeam team, params int[] latents)
    {
        Trainer trainer = CreateTrainer(data, team, latents);
        return new TimedAction(name, () => trainer.TakeStep(StepPhases.Both));
    }

    /// <summary>The steps of the first preset: digits of 8×8, 48-24-12, batch 20, with its estimator.</summary>
    public static TimedAction FirstPreset(string name, WorkerTeam team)
    {
        Preset preset = PresetCatalog.Default;
        Trainer trainer = new(preset.Data.Open(preset.Key), preset.Model, preset.Training, seed: 1, team);
        return new TimedAction(name, () => trainer.TakeStep(StepPhases.Both));
    }
}
