using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>The settings used most, changed while the run goes on. The rate is the effective one: moving it moves both
/// networks' rates by the same factor.</summary>
public sealed class LiveSettingsPanel(Scene scene) : Panel(scene)
{
    private const float Pitch = 27;

    private static readonly Box Column = ShelfGrid.Settings;
    private static readonly string[] Phases = ["wake", "both", "sleep"];
    private static readonly SliderScale Samples = new(1, 50, Logarithmic: true, Whole: true);
    private static readonly SliderScale Batch = new(1, 500, Logarithmic: true, Whole: true);
    private static readonly SliderScale Rate = new(1e-3, 2, Logarithmic: true);

    private readonly MenuItem[] estimators = [.. EstimatorCatalog.All.Select(e => new MenuItem(e.Name, e.Summary))];
    private readonly CachedText<double> rate = new(Numbers.Short);
    private readonly CachedText<int> samples = new(value => Numbers.Grouped(value));
    private readonly CachedText<int> batch = new(value => Numbers.Grouped(value));
    private readonly SettingRelevance relevance = new();

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        ShelfGrid.DrawTitle(canvas, Column, "Live settings", "applied from the next step");
        DrawEstimator(canvas, ui);
        DrawSamples(canvas, ui);
        DrawRate(canvas, ui);
        DrawLearning(canvas, ui);
        DrawBatch(canvas, ui);
    }

    private static Box Row(int row) => new(Column.X, 484.5f + row * Pitch, Column.Width, Pitch);

    private static Box Choice(int row) => new(784, Row(row).Center.Y - 11, 184, 22);

    private static Box Track(int row) => new(787, Row(row).Y, 122, Pitch);

    private static void Label(Canvas canvas, int row, string name) =>
        canvas.Text(name, Column.X, Row(row).Center.Y + 4, TextStyles.Label);

    private static void Value(Canvas canvas, int row, string value) =>
        canvas.Text(value, Column.Right, Row(row).Center.Y + 4, TextStyles.Value, TextAlign.Right);

    private void DrawEstimator(Canvas canvas, Ui ui)
    {
        Label(canvas, 0, "Estimator");
        int chosen = IndexOf(Scene.Settings.Estimator);
        if (ui.Dropdown("estimator", Choice(0), estimators, ref chosen, tip: "How samples become gradients", width: 300))
            Scene.Commands.Change(EstimatorNeeds.Meet(Scene.Settings with { Estimator = EstimatorCatalog.All[chosen].Key }));
    }

    private static int IndexOf(string key)
    {
        for (int i = 0; i < EstimatorCatalog.All.Count; i++) if (EstimatorCatalog.All[i].Key == key) return i;
        return -1;
    }

    private void DrawSamples(Canvas canvas, Ui ui)
    {
        Label(canvas, 1, "Samples K");
        double value = Scene.Settings.Samples;
        if (ui.Slider("samples", Track(1), ref value, Samples, tip: "Explanations drawn for each example in the wake phase"))
            Scene.Commands.Change(EstimatorNeeds.Meet(Scene.Settings with { Samples = (int)value }));
        Value(canvas, 1, samples.Of(Scene.Settings.Samples));
    }

    private void DrawRate(Canvas canvas, Ui ui)
    {
        Label(canvas, 2, "Rate");
        long step = Scene.Snapshot?.Step ?? 0;
        double value = Scene.Settings.EffectiveGenerativeRate(step);
        if (ui.Slider("rate", Track(2), ref value, Rate, tip: "Learning rate of both networks at this step, decay included"))
            Scene.Commands.Change(SettingsRate.Scaled(Scene.Settings, value / Scene.Settings.EffectiveGenerativeRate(step)));
        Value(canvas, 2, rate.Of(Scene.Settings.EffectiveGenerativeRate(step)));
    }

    private void DrawLearning(Canvas canvas, Ui ui)
    {
        Label(canvas, 3, "Recognition learns");
        bool choosesPhase = relevance.Matters(nameof(TrainingSettings.RecognitionLearning), Scene.Settings);
        RecognitionShares shares = relevance.Shares(Scene.Settings);
        int chosen = shares.Wake == 0 && shares.Sleep == 0 ? -1
            : (int)(shares.Sleep == 0 ? RecognitionLearning.Wake : shares.Wake == 0 ? RecognitionLearning.Sleep : RecognitionLearning.Both);
        string tip = choosesPhase ? "From explanations of data, from dreams, or half from each"
            : chosen < 0 ? "This estimator leaves the recognition network as it is"
            : chosen == (int)RecognitionLearning.Wake ? "This estimator learns recognition from explanations of data only"
            : "This estimator learns recognition from dreams only";
        if (ui.Segmented("recognition learns", Choice(3), Phases, ref chosen, choosesPhase, tip))
            Scene.Commands.Change(Scene.Settings with { RecognitionLearning = (RecognitionLearning)chosen });
    }

    private void DrawBatch(Canvas canvas, Ui ui)
    {
        Label(canvas, 4, "Batch");
        double value = Scene.Settings.BatchSize;
        if (ui.Slider("batch", Track(4), ref value, Batch, tip: "Examples in a wake phase, and dreams in a sleep phase"))
            Scene.Commands.Change(Scene.Settings with { BatchSize = (int)value });
        Value(canvas, 4, batch.Of(Scene.Settings.BatchSize));
    }
}
