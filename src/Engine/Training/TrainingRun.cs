using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Engine.Training;

/// <summary>A run between its steps: applies commands, steps, evaluates, goes back when something becomes non-finite,
/// publishes. One thread at a time; <see cref="TrainingLoop"/> brings thread and clock.</summary>
internal sealed class TrainingRun
{
    /// <summary>Steps between two save points.</summary>
    public const int SavePointSteps = 64;

    private readonly TrainingLoopOptions options;
    private Trainer trainer;
    private RunEvaluator evaluator;
    private SnapshotFiller filler;
    private SavePoint older, newer;
    private long nextEvaluation;
    private bool begun, hasNews = true;
    private volatile Divergence? divergence;
    private long step;

    public TrainingRun(Trainer trainer, TrainingLoopOptions options)
    {
        (this.trainer, this.options) = (trainer, options);
        Shape = trainer.Machine.Shape;
        Snapshots = new SnapshotExchange<TrainingSnapshot>(() => new TrainingSnapshot(trainer.Machine.LayerSizes, trainer.Machine.Shape.GaussianUnits));
        Models = new SnapshotExchange<HelmholtzMachine>(trainer.Machine.Clone);
        (older, newer) = (new SavePoint(trainer), new SavePoint(trainer));
        evaluator = new RunEvaluator(trainer, options);
        filler = new SnapshotFiller(trainer);
        step = trainer.Step;
        foreach (LoggedCommand earlier in options.EarlierCommands) History.Add(earlier);
    }

    public SnapshotExchange<TrainingSnapshot> Snapshots { get; }

    public SnapshotExchange<HelmholtzMachine> Models { get; }

    public RunHistory History { get; } = new();

    /// <summary>What the machine is made of, the same for the whole run; any thread may ask.</summary>
    public MachineShape Shape { get; }

    /// <summary>Why the run stopped by itself, or null; any thread may ask.</summary>
    public Divergence? Divergence => divergence;

    /// <summary>Steps taken so far; any thread may ask.</summary>
    public long Step => Volatile.Read(ref step);

    /// <summary>The first evaluation, once; before anything else.</summary>
    public void Begin()
    {
        if (begun) return;
        begun = true;
        Evaluate();
    }

    public void TakeStep(StepPhases phases)
    {
        trainer.TakeStep(phases);
        if (trainer.FindNonFinite() is { } layer)
        {
            Diverge(layer);
            return;
        }

        filler.Observe(phases);
        hasNews = true;
        Volatile.Write(ref step, trainer.Step);
        if (trainer.Step >= nextEvaluation) Evaluate();
        if (trainer.Step % SavePointSteps == 0 && divergence is null) AdvanceSavePoints();
    }

    public void Apply(TrainingCommand command)
    {
        switch (command)
        {
            case ChangeSettings change:
                Apply(change);
                break;
            case TakeStep take:
                Log(take);
                TakeStep(take.Phases);
                break;
            case Restart restart:
                Log(restart);
                Restart(restart.Seed);
                break;
            case GoBack back:
                Log(back);
                divergence = null;
                GoBack();
                break;
            default:
                throw new ArgumentException($"No such command: {command.GetType().Name}.", nameof(command));
        }
    }

    /// <summary>Publishes unless nothing happened since the last time.</summary>
    /// <param name="evenIfUntaken">Whether to replace a snapshot that nobody took yet.</param>
    public void PublishNews(bool evenIfUntaken)
    {
        bool wanted = Snapshots.Wanted;
        if (!hasNews || !(wanted || evenIfUntaken)) return;
        filler.Fill(Snapshots.Back, previousTaken: wanted);
        Snapshots.Publish();
        hasNews = false;
    }

    public void PublishModel()
    {
        Models.Back.CopyFrom(trainer.Machine);
        Models.Publish();
    }

    public Checkpoint Capture() => Checkpoint.Capture(trainer, History.Commands);

    private void Apply(ChangeSettings change)
    {
        divergence = null;
        if (change.Settings == trainer.Settings) return;
        Log(change);
        NamedMatrix[] before = [.. trainer.State];
        trainer.Settings = change.Settings;
        if (!before.SequenceEqual(trainer.State)) (older, newer) = (new SavePoint(trainer), new SavePoint(trainer));
        hasNews = true;
    }

    private void Restart(ulong seed)
    {
        trainer = new Trainer(trainer.Data, trainer.Machine.Settings, trainer.Settings, seed, trainer.Team);
        (older, newer) = (new SavePoint(trainer), new SavePoint(trainer));
        evaluator = new RunEvaluator(trainer, options);
        filler = new SnapshotFiller(trainer);
        divergence = null;
        hasNews = true;
        Volatile.Write(ref step, trainer.Step);
        History.Clear();
        Evaluate();
    }

    private void Evaluate()
    {
        nextEvaluation = EvaluationSchedule.Next(trainer.Step);
        if (!evaluator.TryEvaluate(trainer, History)) Diverge("the bounds");
    }

    private void AdvanceSavePoints()
    {
        (older, newer) = (newer, older);
        newer.Take();
    }

    /// <summary>The older save point, because the newer one may already be on its way to infinity.</summary>
    private void Diverge(string layer)
    {
        long failed = trainer.Step;
        Log(new GoBack());
        GoBack();
        divergence = new Divergence(trainer.Step, layer,
            $"{layer} became non-finite at step {failed}; the run went back to step {trainer.Step}. Lower the rates to go on.");
    }

    private void GoBack()
    {
        older.Restore();
        newer.Take();
        filler.Forget();
        hasNews = true;
        nextEvaluation = EvaluationSchedule.Next(trainer.Step);
        History.DropAfter(trainer.Step);
        Volatile.Write(ref step, trainer.Step);
    }

    private void Log(TrainingCommand command) => History.Add(new LoggedCommand(trainer.Step, command));
}
