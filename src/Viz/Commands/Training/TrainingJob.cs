using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DreamViz.Engine;
using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Viz.Commands.Training;

/// <summary>One run of the <c>train</c> command: new or resumed, until its end or an interruption, saved and measured.</summary>
internal sealed class TrainingJob : IDisposable
{
    private const int FigureSamples = 500;
    private const int FigureExamples = 1000;
    private const double SecondsBetweenSaves = 60;

    private readonly RunSetup setup;
    private readonly WorkerTeam team;
    private readonly Trainer trainer;
    private readonly TrainingLoop loop;
    private readonly RunFolder? folder;
    private readonly MetricsLog metrics;
    private readonly Stopwatch clock = new();
    private bool losesBaselines;
    private bool replace;

    private TrainingJob(
        RunSetup setup, WorkerTeam team, Trainer trainer, RunFolder? folder, MetricsLog metrics, bool replace,
        IReadOnlyList<LoggedCommand> earlier)
    {
        (this.setup, this.team, this.trainer) = (setup, team, trainer);
        (this.folder, this.metrics, this.replace) = (folder, metrics, replace);
        loop = new TrainingLoop(trainer, TimeProvider.System, new TrainingLoopOptions { EarlierCommands = earlier });
    }

    /// <summary>A new run.</summary>
    /// <param name="setup">Data, network, settings and seed.</param>
    /// <param name="output">The folder to write to, or null to write nothing.</param>
    /// <param name="overwrite">Whether a run in the folder may be replaced.</param>
    /// <exception cref="InvalidInputException">The settings or the folder cannot be used; nothing has been written.</exception>
    public static TrainingJob Start(RunSetup setup, string? output, bool overwrite)
    {
        WorkerTeam team = new(setup.Threads);
        Trainer trainer = new(setup.Data, setup.Preset.Model, setup.Preset.Training, setup.Seed, team);
        RunFolder? folder = output is null ? null : RunFolder.Create(output, setup.Preset, overwrite);
        return new TrainingJob(setup, team, trainer, folder, new MetricsLog(), overwrite, []);
    }

    /// <summary>A run that goes on from a checkpoint, in the checkpoint's folder or in another.</summary>
    /// <param name="from">The checkpoint, or its folder.</param>
    /// <param name="output">The folder to write to, or null for the checkpoint's.</param>
    /// <param name="overwrite">Whether a run in the other folder may be replaced.</param>
    /// <param name="options">Changes to data and settings.</param>
    /// <param name="parse">The command line.</param>
    /// <exception cref="InvalidInputException">Checkpoint, data, settings or folder cannot be used.</exception>
    public static TrainingJob Resume(string from, string? output, bool overwrite, RunOptions options, ParseResult parse)
    {
        (RunFolder source, string path) = RunFolder.Find(from);
        Checkpoint checkpoint = Checkpoint.Load(path);
        RunSetup setup = options.ReadResumed(parse, path, checkpoint, source.ReadPreset());
        WorkerTeam team = new(setup.Threads);
        Trainer trainer = checkpoint.Resume(setup.Data, team);
        TrainerSettingsCheck.Check(setup.Preset.Training, trainer.Machine.Shape);
        MetricsLog metrics = new(source.Metrics, trainer.Step);
        RunFolder folder = output is null ? source : RunFolder.Create(output, setup.Preset, overwrite);
        TrainingJob job = new(setup, team, trainer, folder, metrics, output is null || overwrite, checkpoint.Commands)
        {
            losesBaselines = checkpoint.LosesBaselines,
        };
        if (setup.Preset.Training != checkpoint.Settings) job.loop.Send(new ChangeSettings(setup.Preset.Training));
        return job;
    }

    /// <summary>Trains, saves and measures.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidInputException">The run has passed the end already, or cannot be saved.</exception>
    public int Run(TrainingEnd end, TextWriter output, TextWriter error, CancellationToken stop)
    {
        if (end.Step <= loop.Step)
            throw new InvalidInputException($"--steps {end.Step}: expected more than the {loop.Step} steps that the run has taken");
        output.WriteLine(Describe());
        if (losesBaselines)
            output.WriteLine("The checkpoint is of an older version, whose baselines judged documents as wholes, not per word: they begin anew.");
        clock.Start();
        try
        {
            ProgressDisplay.Show(output, show => Train(end, error, show, stop));
        }
        finally
        {
            // Also when progress can no longer be shown, as on a full disk: what was learned is not lost.
            Save();
        }

        if (folder is not null) output.WriteLine($"Saved step {loop.Step} to {folder.Checkpoint}");
        if (loop.Divergence is { } divergence)
        {
            error.WriteLine($"dreamviz: {divergence.Message}");
            return CommandLine.Failed;
        }

        if (stop.IsCancellationRequested) return CommandLine.Interrupted;
        Measure(output);
        return CommandLine.Success;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        loop.Dispose();
        team.Dispose();
    }

    private void Train(TrainingEnd end, TextWriter error, Action<TrainingState> show, CancellationToken stop)
    {
        string heldOut = HeldOutChoice.ForProgress(setup.Data).Name;
        long first = loop.Step;
        double saved = 0;
        while (!stop.IsCancellationRequested && loop.Divergence is null && !end.Reached(loop.Step, Seconds))
        {
            loop.Advance(end.Chunk(loop.Step, loop.StepsPerSecond));
            metrics.Update(loop.History.Evaluations, Seconds);
            show(new TrainingState(
                loop.Step, end.Done(first, loop.Step, Seconds), loop.StepsPerSecond,
                end.Left(loop.Step, Seconds, loop.StepsPerSecond), Newest(), heldOut));
            if (Seconds - saved < SecondsBetweenSaves) continue;
            SaveOnTheWay(error);
            saved = Seconds;
        }
    }

    private Evaluation? Newest() => loop.History.Evaluations is { Count: > 0 } evaluations ? evaluations[^1] : null;

    private double Seconds => clock.Elapsed.TotalSeconds;

    /// <summary>A disk that fails on the way does not end the training: the end tries again.</summary>
    private void SaveOnTheWay(TextWriter error)
    {
        try
        {
            Save();
        }
        catch (InvalidInputException failure)
        {
            error.WriteLine($"dreamviz: {failure.Message}; training goes on");
        }
    }

    private void Save()
    {
        if (folder is null) return;
        loop.SaveCheckpoint(folder.Checkpoint, replace).GetAwaiter().GetResult();
        metrics.Save(folder.Metrics, replace);
        replace = true;
    }

    private void Measure(TextWriter output)
    {
        HeldOutChoice choice = HeldOutChoice.ForFigures(setup.Data);
        (BoundEstimate elbo, BoundEstimate weighted) = Bounds.Estimate(
            trainer.Machine, choice.Examples, FigureExamples, FigureSamples, seed: 1, team);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"On {choice.Describe(elbo.Examples, setup.Data)}: {elbo.Name} {elbo.Value:0.00}, {weighted.Name} {weighted.Value:0.00} nats per example"));
        if (ClassificationLine.Measure(trainer.Machine, choice, FigureExamples, seed: 1, setup.Data, team) is { } line)
            output.WriteLine(line);
    }

    private string Describe()
    {
        Dataset data = setup.Data;
        TrainingSettings training = setup.Preset.Training;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Name}, {data.Training.Count:N0} examples, network {string.Join('-', trainer.Machine.LayerSizes)}, {training.Estimator} K={training.Samples}, batch {training.BatchSize}, seed {trainer.Seed}, threads {setup.Threads}{(folder is null ? ", nothing is saved without --out" : "")}");
    }
}
