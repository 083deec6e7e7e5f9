using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Learning;

/// <summary>One picture of how learning goes, below a title that is a tab.</summary>
/// <param name="scene">What panels share.</param>
internal abstract class LearningView(Scene scene)
{
    /// <summary>Where pictures stand: below the titles, in design pixels.</summary>
    protected static readonly Box Area = ShelfGrid.Learning with { Y = 488, Height = 142 };

    /// <summary>The tab.</summary>
    public abstract string Title { get; }

    /// <summary>One sentence on what it shows.</summary>
    public abstract string Explanation { get; }

    /// <summary>What stands at the right of the titles.</summary>
    public abstract string Caption { get; }

    /// <summary>The same where there are many titles.</summary>
    public virtual string ShortCaption => Caption;

    /// <summary>Whether the run has something to show here.</summary>
    public virtual bool IsOffered => true;

    /// <summary>What panels share.</summary>
    protected Scene Scene { get; } = scene;

    /// <summary>Another run came on screen: forget the old one.</summary>
    public abstract void RunStarted();

    /// <summary>A new snapshot came.</summary>
    public virtual void Observe(TrainingSnapshot snapshot)
    {
    }

    /// <summary>Draws one frame.</summary>
    public abstract void Draw(Canvas canvas, Ui ui);

    /// <summary>Explains a part of the picture when the pointer rests on it.</summary>
    protected static void Explain(Ui ui, ControlId id, Box box, string text) =>
        ui.Tip(id, box, ui.Interact(id, box, enabled: false), text);
}
