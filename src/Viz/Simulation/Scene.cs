using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Simulation;

/// <summary>How pictures of data and dreams are shown.</summary>
public enum ImageStyle
{
    /// <summary>Bicubic.</summary>
    Smooth,

    /// <summary>One cell a pixel.</summary>
    Cells,
}

/// <summary>What stands between the stage and the timeline.</summary>
public enum Shelf
{
    /// <summary>Reconstruction, learning, live settings, dreams.</summary>
    Learning,

    /// <summary>Slow motion: the live settings give way to what this phase of this step does.</summary>
    Phase,

    /// <summary>Units are held: free, do, and many dreams.</summary>
    Clamps,
}

/// <summary>What panels share: the newest state of the run, what the user chose and points at, and the way back to the run.
/// Belongs to the screen thread.</summary>
public sealed class Scene
{
    /// <summary>Up to this target rate, in steps per second, every flip is shown.</summary>
    public const double SlowMotion = 10;

    /// <summary>The scene's clock.</summary>
    public SimulationTime Time { get; } = new();

    /// <summary>The newest wake sample and dream; null before the first run stands.</summary>
    public TrainingSnapshot? Snapshot { get; set; }

    /// <summary>A copy of the network between two steps, never changed while shown; null until the run sends one.</summary>
    public HelmholtzMachine? Model { get; set; }

    /// <summary>Whether each pixel also depends on those before it.</summary>
    public bool PixelsInOrder => Model?.Generative.Layers[0].SiblingWeights is not null;

    /// <summary>Grows whenever <see cref="Model"/> is replaced.</summary>
    public int ModelVersion { get; set; }

    /// <summary>Units of every layer of the run on screen, visible first; empty before the first.</summary>
    public IReadOnlyList<int> LayerSizes { get; set; } = [];

    /// <summary>C, how many of the deepest layer's first units are a label's; 0 where there is none.</summary>
    public int Classes { get; set; }

    /// <summary>G, real-valued units beside the deepest layer's; 0 where there are none.</summary>
    public int GaussianUnits { get; set; }

    /// <summary>What pictures of dreams show: p of each pixel or word given the layer above, with what may stand beside it.</summary>
    public string PictureGiven => Dataset?.Vocabulary is not null ? "√p(word | h₁), largest = white" : Given.Plain;

    /// <summary>The same of a picture that is drawn smooth.</summary>
    public string SmoothedPictureGiven => Given.Smoothed;

    private (string Plain, string Smoothed) Given => (LayerSizes.Count == 2, Classes > 0, GaussianUnits > 0) switch
    {
        (true, true, true) => ("p(x | y, h₁, g)", "p(x | y, h₁, g), smoothed"),
        (true, true, false) => ("p(x | y, h₁)", "p(x | y, h₁), smoothed"),
        (true, false, true) => ("p(x | h₁, g)", "p(x | h₁, g), smoothed"),
        _ => ("p(x | h₁)", "p(x | h₁), smoothed"),
    };

    /// <summary>Grows whenever another run comes on screen.</summary>
    public int RunVersion { get; set; }

    /// <summary>What the run has shown so far.</summary>
    public RunHistory History { get; set; } = new();

    /// <summary>The data of the run.</summary>
    public Dataset? Dataset { get; set; }

    /// <summary>Mean log-probability of a held-out example when every unit is independent and on as often as in training, in
    /// nats; null until known.</summary>
    public double? IndependentFloor { get; set; }

    /// <summary>The preset's name.</summary>
    public string PresetName { get; set; } = "";

    /// <summary>One sentence on what to watch for.</summary>
    public string WhatToWatch { get; set; } = "";

    /// <summary>The settings in force, as last chosen: panels show these at once, the run follows between two steps.</summary>
    public TrainingSettings Settings { get; set; } = new();

    /// <summary>Whether the run goes on by itself.</summary>
    public bool IsPlaying { get; set; }

    /// <summary>Steps per second aimed at while playing; positive infinity is full speed.</summary>
    public double TargetRate { get; set; } = double.PositiveInfinity;

    /// <summary>Measured training steps per second.</summary>
    public double StepsPerSecond { get; set; }

    /// <summary>Measured frames per second.</summary>
    public double FramesPerSecond { get; set; }

    /// <summary>Training was stopped because something became non-finite, and why; else null.</summary>
    public Divergence? Divergence { get; set; }

    /// <summary>No glow, no pulses.</summary>
    public bool ReducedMotion { get; set; }

    /// <summary>How pictures are shown.</summary>
    public ImageStyle ImageStyle { get; set; } = ImageStyle.Smooth;

    /// <summary>What stands on the shelf: clamps first, then slow motion.</summary>
    public Shelf Shelf => Selection.HeldUnits > 0 ? Shelf.Clamps
        : TargetRate <= SlowMotion || ShowsPhases ? Shelf.Phase
        : Shelf.Learning;

    /// <summary>Whether the stage shows one phase after the other, as it does for steps taken one by one.</summary>
    public bool ShowsPhases { get; set; }

    /// <summary>The phases whose worlds are lit; the other rests and shows its last state faintly.</summary>
    public StepPhases LitPhases { get; set; } = StepPhases.Both;

    /// <summary>What the user points at and holds; replaced with the run.</summary>
    public Selection Selection { get; set; } = new([]);

    /// <summary>What holding units does to dreams; replaced with the run, null before the first.</summary>
    public ToggleExperiment? Experiment { get; set; }

    /// <summary>Whether a film is being recorded, or asked for.</summary>
    public bool RecordingRequested { get; set; }

    /// <summary>Whether bar, shelf and timeline are hidden.</summary>
    public bool PanelsHidden { get; set; }

    /// <summary>Whether the drawer on the left is open.</summary>
    public bool DrawerOpen { get; set; }

    /// <summary>Whether the estimator laboratory stands in place of the worlds.</summary>
    public bool LaboratoryOpen { get; set; }

    /// <summary>Whether the page of shortcuts is shown.</summary>
    public bool HelpOpen { get; set; }

    /// <summary>The message on the picture; null when there is none.</summary>
    public Notice? Notice { get; set; }

    /// <summary>The way back to the run.</summary>
    public ISceneCommands Commands { get; set; } = new NoCommands();

    /// <summary>Whether a phase is lit.</summary>
    public bool IsLit(StepPhases phase) => (LitPhases & phase) != 0;

    private sealed class NoCommands : ISceneCommands
    {
        public void Play() { }

        public void Pause() { }

        public void Step(StepPhases phases) { }

        public void SetTargetRate(double stepsPerSecond) { }

        public void Change(TrainingSettings settings) { }

        public void Restart(ulong seed) { }

        public void ChoosePreset(string name) { }
    }
}
