using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>A part of the picture: observes snapshots, draws itself, answers input through controls. It names palette roles,
/// never colors, and knows no screen.</summary>
/// <param name="scene">What panels share.</param>
public abstract class Panel(Scene scene) : Behaviour
{
    /// <summary>What panels share.</summary>
    protected Scene Scene { get; } = scene;

    /// <summary>Another run came on screen, perhaps of another shape: forget the old one.</summary>
    public virtual void RunStarted() { }

    /// <summary>A new snapshot came. It stays valid and unchanging until the next one.</summary>
    public virtual void Observe(TrainingSnapshot snapshot) { }

    /// <summary>Draws one frame and handles its input. Called once a frame, after LateUpdate, when enabled.</summary>
    /// <param name="canvas">Design pixels of a 1280 × 720 layout.</param>
    /// <param name="ui">Controls and the pointer, in the same pixels.</param>
    public abstract void Draw(Canvas canvas, Ui ui);
}
