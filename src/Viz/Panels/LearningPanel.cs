using System.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>How well the network explains held-out pictures, over the logarithm of the step: the ELBO and the
/// importance-weighted bound, in nats per picture, and as a floor independent units that know only how often each is
/// on.</summary>
public sealed class LearningPanel(Scene scene) : Panel(scene)
{
    private const float LabelsLeft = 544;
    private const double FirstStep = 10;

    private static readonly Box Column = ShelfGrid.Learning;
    private static readonly Box Plot = new(344, 492, 190, 113);

    private readonly CurvePlot elbo = new();
    private readonly CurvePlot weighted = new();
    private readonly CachedText<int> weightedName = new(samples => $"IW-{samples}");
    private readonly CachedText<double> weightedValue = new(value => Numbers.Fixed(value, 1));
    private readonly CachedText<double> elboValue = new(value => Numbers.Fixed(value, 1));
    private readonly CachedText<double> floorValue = new(value => Numbers.Fixed(value, 1));
    private readonly CachedText<double> perplexityName = new(
        value => $"perplexity {Numbers.Fixed(value, value < 100 ? 1 : 0)}, document-averaged");

    private readonly Dictionary<double, string> stepNames = [];
    private readonly Dictionary<double, string> tickNames = [];
    private IReadOnlyList<Evaluation> shown = [];
    private double lowest;
    private double highest;
    private double lastStep;

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
        ShelfGrid.DrawTitle(canvas, Column, "Learning", Subject());
        if (!ReferenceEquals(shown, Scene.History.Evaluations)) TakeEvaluations(Scene.History.Evaluations);
        if (shown.Count == 0)
        {
            canvas.Text("figures follow within a few steps", Plot.Center.X, Plot.Center.Y, TextStyles.Caption, TextAlign.Center);
            return;
        }

        DrawHorizontalAxis(canvas);
        DrawVerticalAxis(canvas);
        DrawCurves(canvas);
        DrawValues(canvas);
    }

    /// <summary>The x of a step: its logarithm from 10 to a little beyond the newest; earlier steps stand at the left end.
    /// </summary>
    private float X(double step) =>
        Plot.X + Plot.Width * (float)(Math.Log10(Math.Max(step, FirstStep) / FirstStep) / Math.Log10(lastStep / FirstStep));

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
            if (evaluation.Step < FirstStep && evaluations[^1].Step >= FirstStep) continue;
            elbo.Add(X(evaluation.Step), Y(evaluation.Elbo));
            weighted.Add(X(evaluation.Step), Y(evaluation.ImportanceWeighted));
        }
    }

    /// <summary>Of documents, the perplexity by the importance-weighted bound.</summary>
    private string Subject() => shown is [.., { Perplexity: { } perplexity }]
        ? perplexityName.Of(perplexity.DocumentAveraged)
        : Scene.Dataset is { Validation.Count: 0, Test.Count: 0 }
        ? "nats per training image, by step"
        : "nats per held-out image, by step";

    private void ChooseScale()
    {
        lastStep = Math.Max(1000, shown[^1].Step * 1.35);
        double top = shown.Max(e => Math.Max(e.ImportanceWeighted, e.Elbo));
        double bottom = Math.Min(Scene.IndependentFloor ?? shown.Min(e => e.Elbo), shown[^1].Elbo);
        double range = Math.Max(Math.Abs(top - bottom), Math.Max(1, Math.Abs(top) * 0.15));
        highest = Math.Max(top, bottom) + 0.14 * range;
        lowest = Math.Min(top, bottom) - 0.4 * range;
    }

    private void DrawHorizontalAxis(Canvas canvas)
    {
        for (double step = FirstStep; step <= lastStep; step *= 10)
        {
            canvas.Rule(X(step), Plot.Bottom - 3, 1, 3, Palette.Rule);
            canvas.Text(StepName(step), X(step), Plot.Bottom + 17, TextStyles.Axis, TextAlign.Center);
        }
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

    private void DrawValues(Canvas canvas)
    {
        Evaluation newest = shown[^1];
        float upper = Math.Clamp(Y(newest.ImportanceWeighted), Plot.Y + 4, Plot.Bottom - 46);
        float middle = Math.Clamp(Y(newest.Elbo), upper + 21, Plot.Bottom - 25);
        DrawValue(canvas, upper, weightedName.Of(newest.Samples), weightedValue.Of(newest.ImportanceWeighted), Palette.Text);
        DrawValue(canvas, middle, "ELBO", elboValue.Of(newest.Elbo), Palette.SecondaryText);
        if (Scene.IndependentFloor is not { } floor) return;
        float lower = Math.Clamp(Y(floor), middle + 21, Plot.Bottom);
        canvas.Text("floor", LabelsLeft, lower + 4, TextStyles.Caption);
        canvas.Text(floorValue.Of(floor), Column.Right, lower + 4, TextStyles.Caption, TextAlign.Right);
    }

    private static void DrawValue(Canvas canvas, float y, string name, string value, Rgba color)
    {
        canvas.Text(name, LabelsLeft, y + 4, TextStyles.Label);
        canvas.Text(value, Column.Right, y + 4, TextStyles.StrongValue with { Color = color, Size = 12 }, TextAlign.Right);
    }

    private string StepName(double step)
    {
        if (!stepNames.TryGetValue(step, out string? name)) stepNames[step] = name = AxisTicks.ShortStep((long)step);
        return name;
    }

    private string TickName(double nats)
    {
        int decimals = AxisTicks.Distance(highest - lowest, 4) < 1 ? 1 : 0;
        if (!tickNames.TryGetValue(nats, out string? name)) tickNames[nats] = name = Numbers.Fixed(nats, decimals);
        return name;
    }
}
