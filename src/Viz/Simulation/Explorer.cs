using DreamViz.Engine;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Simulation;

/// <summary>A live exploration of a run: one frame takes the newest snapshot, advances the panels, draws them and handles
/// input. The run goes on by itself and never waits for a frame; in a film it takes its steps before each frame.</summary>
public sealed partial class Explorer : IExplorer, IDisposable
{
    private const double ModelSeconds = 0.1;

    private readonly ExplorerOptions options;
    private readonly List<Preset> presets;
    private readonly BehaviourLifecycle lifecycle;
    private readonly ExplorerPanels panels;
    private readonly FrameMeter frames = new();
    private readonly Ui ui = new();
    private Canvas canvas = new(new DrawList(), GlyphCache.Shared);
    private volatile ExplorerRun run;
    private (ulong Seed, long Step) newest;
    private double modelAskedAt = double.NegativeInfinity;
    private double stepsOwed;
    private bool disposed;

    /// <summary>Builds the first run; the picture begins with the first frame.</summary>
    /// <exception cref="InvalidInputException">The preset's data or a setting cannot be used.</exception>
    public Explorer(ExplorerOptions options)
    {
        this.options = options;
        presets = PresetMenu.With(options.Preset, options.Presets);
        run = ExplorerRun.Create(options.Preset, options.Data, options.Seed, options.Threads);
        Scene.Commands = new RunCommands(this);
        Scene.PanelsHidden = options.HidePanels;
        Scene.Time.CaptureFrameRate = options.CaptureFrameRate;
        StepsPerFrame = options.StepsPerFrame;
        if (IsFilm) Scene.TargetRate = StepsPerFrame * options.CaptureFrameRate;
        panels = new ExplorerPanels(Scene, PresetMenu.Items(presets));
        lifecycle = new BehaviourLifecycle(Scene.Time);
        foreach (Panel panel in panels.All) lifecycle.Add(panel);
        Attach();
        Scene.IsPlaying = options.StartPlaying;
        PassRate();
    }

    /// <summary>What panels share.</summary>
    public Scene Scene { get; } = new();

    /// <summary>Steps before each frame of a film, while playing.</summary>
    public double StepsPerFrame { get; set; }

    /// <summary>Where training stands; any thread may ask.</summary>
    public RunProgress Progress => new(run.Loop.Step, run.Loop.StepsPerSecond);

    /// <inheritdoc/>
    public bool RecordingRequested
    {
        get => Scene.RecordingRequested;
        set => Scene.RecordingRequested = value;
    }

    /// <inheritdoc/>
    public bool ReducedMotion
    {
        get => Scene.ReducedMotion;
        set => Scene.ReducedMotion = value;
    }

    private bool IsFilm => options.CaptureFrameRate > 0;

    /// <inheritdoc/>
    public void Handle(in InputEvent input) => ui.Handle(input);

    /// <inheritdoc/>
    public void Notify(Notice notice) => Scene.Notice = notice;

    /// <inheritdoc/>
    public void Frame(DrawList list, int width, int height, double seconds)
    {
        TakeBuiltRun();
        if (IsFilm) TakeSteps();
        Observe();
        lifecycle.Frame(seconds);
        Measure();
        if (canvas.List != list) canvas = new Canvas(list, GlyphCache.Shared);
        canvas.Begin(width, height);
        ui.BeginFrame(canvas, Scene.Time.UnscaledDeltaTime);
        panels.Draw(canvas, ui);
        ui.EndFrame();
        HandleShortcuts();
    }

    /// <summary>Ends the run between two steps, then the panels.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        AbandonBuilding();
        lifecycle.Dispose();
        run.Dispose();
    }

    private void TakeSteps()
    {
        if (Scene.IsPlaying) stepsOwed += Math.Max(0, StepsPerFrame);
        int steps = (int)Math.Min(stepsOwed, int.MaxValue);
        stepsOwed -= steps;
        run.Loop.Advance(steps);
    }

    private void Observe()
    {
        Scene.Divergence = run.Loop.Divergence;
        if (Scene.Divergence is not null) Scene.IsPlaying = false;
        if (run.Loop.Failure is { } failure) Fail(failure);
        if (run.Loop.Snapshots.TryTake(out TrainingSnapshot snapshot)) Take(snapshot);
        if (run.Loop.Models.TryTake(out HelmholtzMachine model)) (Scene.Model, Scene.ModelVersion) = (model, Scene.ModelVersion + 1);
        AskForModel();
    }

    private void Take(TrainingSnapshot snapshot)
    {
        bool restarted = snapshot.Seed != newest.Seed || snapshot.Step < newest.Step && WasRestarted();
        newest = (snapshot.Seed, snapshot.Step);
        Scene.Snapshot = snapshot;
        if (restarted) foreach (Panel panel in panels.All) panel.RunStarted();
        foreach (Panel panel in panels.All) panel.Observe(snapshot);
    }

    /// <summary>Whether the run last jumped to its beginning, not merely back to its last good state.</summary>
    private bool WasRestarted() =>
        Scene.History.Commands.LastOrDefault(logged => logged.Command is Restart or GoBack)?.Command is Restart;

    private void AskForModel()
    {
        if (Scene.Time.Time - modelAskedAt < ModelSeconds && Scene.Model is not null) return;
        modelAskedAt = Scene.Time.Time;
        run.Loop.RequestModel();
    }

    private void Measure()
    {
        frames.Count(Scene.Time.UnscaledDeltaTime);
        Scene.FramesPerSecond = IsFilm ? options.CaptureFrameRate : frames.PerSecond;
        Scene.StepsPerSecond = !IsFilm ? run.Loop.StepsPerSecond : Scene.IsPlaying ? StepsPerFrame * options.CaptureFrameRate : 0;
    }

    private void Fail(Exception failure)
    {
        if (!Scene.IsPlaying) return;
        Scene.IsPlaying = false;
        Notify(new(NoticeKind.Error, "Training stopped", $"{failure.GetType().Name}: {failure.Message}"));
    }

    private void PassRate() => run.Loop.TargetRate = Scene.IsPlaying ? Scene.TargetRate : 0;
}
