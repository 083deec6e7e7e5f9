using System.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Learning;

/// <summary>How well the network explains held-out pictures, over the logarithm of the step: the ELBO and the
/// importance-weighted bound, in nats per picture, and as a floor independent units that know only how often each is
/// on.</summary>
internal sealed class LearningCurves(Scene scene) : LearningView(scene)
{
    private const float LabelsLeft = 544;
    private const string DocumentAveraged = "Document-averaged perplexity by the importance-weighted bound: between how many words, "
        + "on average, the network wavers; the mean is over documents, not over words";

    private static readonly Box Column = ShelfGrid.Learning;
    private static readonly Box Plot = new(344, 492, 190, 113);

    private readonly LogStepAxis steps = new(Plot);
    private readonly CurvePlot elbo = new();
    private readonly CurvePlot weighted = new();
    private readonly CachedText<int> weightedName = new(samples => $"IW-{samples}");
    private readonly CachedText<double> weightedValue = new(value => Numbers.Fixed(value, 1));
    private readonly CachedText<double> elboValue = new(value => Numbers.Fixed(value, 1));
    private readonly CachedText<double> misnamed = new(share => Numbers.Fixed(100 * share, 1) + "%");
    private readonly CachedText<double> floorValue = new(value => Numbers.Fixed(value, 1));
    private readonly CachedText<double> perplexityName = new(value => $"perplexity {Numbers.Fixed(value, value < 100 ? 1 : 0)}");
    private readonly CachedText<double> perplexityCaption = new(
        value => $"perplexity {Numbers.Fixed(value, value < 100 ? 1 : 0)} by document");

    private readonly Dictionary<double, string> tickNames = [];
    private IReadOnlyList<Evaluation> shown = [];
    private double lowest;
    private double highest;

    /// <inheritdoc/>
    public override string Title => "Learning";

    /// <inheritdoc/>
    public override string Explanation => "How well held-out examples are explained: two lower bounds of log p(x), higher is better";

    /// <inheritdoc/>
    /// <remarks>Of documents, the perplexity by the importance-weighted bound.</remarks>
    public override string Caption => DocumentPerplexity is { } perplexity ? perplexityCaption.Of(perplexity)
        : Scene.Dataset is { Validation.Count: 0, Test.Count: 0 } ? "nats per training image, by step"
        : "nats per held-out image, by step";

    /// <inheritdoc/>
    public override string ShortCaption =>
        DocumentPerplexity is { } perplexity ? perplexityName.Of(perplexity) : "nats, by step";

    /// <inheritdoc/>
    public override void RunStarted()
    {
        shown = [];
        elbo.Clear();
        weighted.Clear();
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        if (!ReferenceEquals(shown, Scene.History.Evaluations)) TakeEvaluations(Scene.History.Evaluations);
        if (shown.Count == 0)
        {
            canvas.Text("figures follow within a few steps", Plot.Center.X, Plot.Center.Y, TextStyles.Caption, TextAlign.Center);
            return;
        }

        steps.Draw(canvas);
        DrawVerticalAxis(canvas);
        DrawCurves(canvas);
        DrawValues(canvas, ui);
        if (DocumentPerplexity is not null) Explain(ui, "perplexity", CaptionBox, DocumentAveraged);
    }

    private static Box CaptionBox => new(Column.Center.X, Column.Y + 8, Column.Width / 2, 20);

    private double? DocumentPerplexity => shown is [.., { Perplexity: { } perplexity }] ? perplexity.DocumentAveraged : null;

    private float Y(double nats) => Plot.Y + Plot.Height * (float)((highest - nats) / (highest - lowest));

    private void TakeEvaluations(IReadOnlyList<Evaluation> evaluations)
    {
        shown = evaluations;
        elbo.Clear();
        weighted.Clear();
        tickNames.Clear();
        if (evaluations.Count == 0) return;
        ChooseScale();
        foreach (Evaluation evaluation in evaluations)
        {
            if (evaluation.Step < LogStepAxis.Earliest && evaluations[^1].Step >= LogStepAxis.Earliest) continue;
            elbo.Add(steps.X(evaluation.Step), Y(evaluation.Elbo));
            weighted.Add(steps.X(evaluation.Step), Y(evaluation.ImportanceWeighted));
        }
    }

    private void ChooseScale()
    {
        steps.Fit(shown[0].Step, shown[^1].Step);
        double top = shown.Max(e => Math.Max(e.ImportanceWeighted, e.Elbo));
        double bottom = Math.Min(Scene.IndependentFloor ?? shown.Min(e => e.Elbo), shown[^1].Elbo);
        double range = Math.Max(Math.Abs(top - bottom), Math.Max(1, Math.Abs(top) * 0.15));
        highest = Math.Max(top, bottom) + 0.14 * range;
        lowest = Math.Min(top, bottom) - 0.4 * range;
    }

    private void DrawVerticalAxis(Canvas canvas)
    {
        double distance = AxisTicks.Distance(highest - lowest, 4);
        for (double nats = Math.Floor(highest / distance) * distance; nats > lowest; nats -= distance)
        {
            canvas.Rule(Plot.X, Y(nats), Plot.Width, 1, Palette.Rule.Fade(0.7f));
            canvas.Text(TickName(nats), Plot.X - 8, Y(nats) + 4, TextStyles.Axis, TextAlign.Right);
        }
    }

    private void DrawCurves(Canvas canvas)
    {
        canvas.PushClip(Plot.Grow(4));
        if (Scene.IndependentFloor is { } floor)
        {
            ReadOnlySpan<Vector2> line = [new(Plot.X, Y(floor)), new(Plot.Right, Y(floor))];
            canvas.Line(line, 1, Palette.TertiaryText, 3);
        }

        elbo.Draw(canvas, 1.5f, Palette.SecondaryText, 5);
        weighted.Draw(canvas, 2, Palette.Text);
        canvas.PopClip();
    }

    private void DrawValues(Canvas canvas, Ui ui)
    {
        Evaluation newest = shown[^1];
        float floorHeight = Scene.IndependentFloor is { } known ? Y(known) : Plot.Bottom;
        Span<float> heights = [Y(newest.ImportanceWeighted), Y(newest.Elbo), floorHeight];
        LabelStack.Spread(heights, 21, Plot.Y + 4, Plot.Bottom);
        DrawValue(canvas, heights[0], weightedName.Of(newest.Samples), weightedValue.Of(newest.ImportanceWeighted), Palette.Text);
        Explain(ui, "weighted bound", ValueBox(heights[0]), "The importance-weighted bound: the tighter of the two, from many explanations of each picture");
        DrawValue(canvas, heights[1], "ELBO", elboValue.Of(newest.Elbo), Palette.SecondaryText);
        Explain(ui, "elbo", ValueBox(heights[1]), "The evidence lower bound: its distance from the truth is how far recognition is from the posterior");
        if (newest.ClassificationError is { } error)
        {
            float y = Plot.Bottom + 13;
            canvas.Text("error", LabelsLeft, y + 4, TextStyles.Label);
            canvas.Text(misnamed.Of(error), Column.Right, y + 4, TextStyles.StrongValue with { Size = 12 }, TextAlign.Right);
            Explain(ui, "error", ValueBox(y), "Classification error: held-out pictures that recognition misnames by its most probable label");
        }

        if (Scene.IndependentFloor is not { } floor) return;
        canvas.Text("floor", LabelsLeft, heights[2] + 4, TextStyles.Caption);
        canvas.Text(floorValue.Of(floor), Column.Right, heights[2] + 4, TextStyles.Caption, TextAlign.Right);
        Explain(ui, "floor", ValueBox(heights[2]), "What independent units reach that know only how often each is on");
    }

    private static Box ValueBox(float y) => new(LabelsLeft, y - 10, Column.Right - LabelsLeft, 20);

    private static void DrawValue(Canvas canvas, float y, string name, string value, Rgba color)
    {
        canvas.Text(name, LabelsLeft, y + 4, TextStyles.Label);
        canvas.Text(value, Column.Right, y + 4, TextStyles.StrongValue with { Color = color, Size = 12 }, TextAlign.Right);
    }

    private string TickName(double nats)
    {
        int decimals = AxisTicks.Distance(highest - lowest, 4) < 1 ? 1 : 0;
        if (!tickNames.TryGetValue(nats, out string? name)) tickNames[nats] = name = Numbers.Fixed(nats, decimals);
        return name;
    }
}
