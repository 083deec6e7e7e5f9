using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Learning;

/// <summary>The shelf's second column: how well the network learns, and behind further titles what its latent units carry and, of
/// estimators that have them, importance weights and baselines.</summary>
public sealed class LearningShelf : Panel
{
    private static readonly Box Column = ShelfGrid.Learning;

    private readonly LearningView[] views;
    private readonly List<LearningView> offered = [];
    private readonly List<(string Title, string Tip)> titles = [];
    private LearningView chosen;

    /// <param name="scene">What panels share.</param>
    public LearningShelf(Scene scene)
        : base(scene)
    {
        views = [new LearningCurves(scene), new UnitDivergence(scene), new ExplanationWeights(scene), new BaselineSignals(scene)];
        chosen = views[0];
    }

    /// <inheritdoc/>
    public override void RunStarted()
    {
        foreach (LearningView view in views) view.RunStarted();
    }

    /// <inheritdoc/>
    public override void Observe(TrainingSnapshot snapshot)
    {
        foreach (LearningView view in views) view.Observe(snapshot);
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        Offer();
        int selected = Math.Max(0, offered.IndexOf(chosen));
        if (ui.Tabs("learning", Column.X, Column.Y + 22, titles, ref selected)) chosen = offered[selected];
        LearningView shown = offered[selected];
        string caption = titles.Count > 2 ? shown.ShortCaption : shown.Caption;
        canvas.Text(caption, Column.Right, Column.Y + 22, TextStyles.Caption, TextAlign.Right);
        shown.Draw(canvas, ui);
    }

    /// <summary>Collects the views that the run has something for. One that went away, as by another estimator, stays chosen and
    /// comes back with it.</summary>
    private void Offer()
    {
        offered.Clear();
        titles.Clear();
        foreach (LearningView view in views)
        {
            if (!view.IsOffered) continue;
            offered.Add(view);
            titles.Add((view.Title, view.Explanation));
        }
    }
}
