using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Learning;

/// <summary>How the K explanations of one picture share their weight, and how many equal ones they are worth: the effective sample
/// size 1/Σₖ w̃ₖ². At full speed one picture's weights stay half a second.</summary>
internal sealed class ExplanationWeights(Scene scene) : LearningView(scene)
{
    private const double HoldSeconds = 0.5;
    private const float LabelsLeft = 544;

    private static readonly Box Plot = new(344, 492, 190, 118);

    private readonly CachedText<(int Tenths, int Count)> worth = new(size => $"{Numbers.Fixed(size.Tenths / 10.0, 1)} of {size.Count}");
    private readonly CachedText<int> mean = new(tenths => Numbers.Fixed(tenths / 10.0, 1));
    private readonly CachedText<int> largest = new(percent => $"{percent}%");
    private readonly CachedText<int> picture = new(example => $"of image {Numbers.Grouped(example + 1)}");
    private float[] weights = [];
    private double size, meanSize;
    private int example;
    private double shownAt = double.NegativeInfinity;

    /// <inheritdoc/>
    public override string Title => "Weights";

    /// <inheritdoc/>
    public override string Explanation => "How the explanations drawn for one picture share their importance weight";

    /// <inheritdoc/>
    public override string Caption => picture.Of(example);

    /// <inheritdoc/>
    public override string ShortCaption => "";

    /// <inheritdoc/>
    public override bool IsOffered => weights.Length > 1;

    /// <inheritdoc/>
    public override void RunStarted() => (weights, shownAt) = ([], double.NegativeInfinity);

    /// <inheritdoc/>
    public override void Observe(TrainingSnapshot snapshot)
    {
        WakeDiagnostics newest = snapshot.Diagnostics;
        bool held = newest.ImportanceWeights.Length == weights.Length
            && Scene.StepsPerSecond > 1 / HoldSeconds && Scene.Time.Time - shownAt < HoldSeconds;
        if (held) return;
        if (weights.Length != newest.ImportanceWeights.Length) weights = new float[newest.ImportanceWeights.Length];
        newest.ImportanceWeights.CopyTo(weights, 0);
        (size, meanSize, example) = (newest.EffectiveSampleSize, newest.MeanEffectiveSampleSize, snapshot.Wake.Example);
        shownAt = Scene.Time.Time;
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        DrawAxis(canvas);
        float pitch = Plot.Width / weights.Length, gap = MathF.Min(4, pitch / 4), equal = Plot.Bottom - Plot.Height / weights.Length;
        for (int k = 0; k < weights.Length; k++)
        {
            float height = MathF.Max(1, weights[k] * Plot.Height);
            canvas.Fill(new(Plot.X + k * pitch + gap / 2, Plot.Bottom - height, pitch - gap, height), MathF.Min(3, gap), Palette.Wake);
        }

        canvas.Line([new(Plot.X, equal), new(Plot.Right, equal)], 1, Palette.SecondaryText, 3);
        Explain(ui, "importance weights", Plot, "Each bar is one explanation's share of the weight; the dashed line is where all would be equal");
        DrawNumbers(canvas, ui);
    }

    private static void DrawAxis(Canvas canvas)
    {
        for (int tick = 0; tick <= 2; tick++)
        {
            float y = Plot.Bottom - tick * Plot.Height / 2;
            canvas.Rule(Plot.X, y, Plot.Width, 1, Palette.Rule);
            canvas.Text(tick == 0 ? "0" : tick == 1 ? "50%" : "100%", Plot.X - 6, y + 4, TextStyles.Axis, TextAlign.Right);
        }
    }

    private void DrawNumbers(Canvas canvas, Ui ui)
    {
        DrawNumber(canvas, ui, 0, "ESS", worth.Of(((int)Math.Round(10 * size), weights.Length)),
            "Effective sample size: so many equally good explanations are these worth");
        DrawNumber(canvas, ui, 1, "batch", mean.Of((int)Math.Round(10 * meanSize)),
            "The effective sample size, averaged over the batch; near 1, one explanation decides alone");
        DrawNumber(canvas, ui, 2, "largest", largest.Of((int)Math.Round(100 * weights.Max())),
            "The largest share of the weight that one explanation has");
    }

    private static void DrawNumber(Canvas canvas, Ui ui, int row, string name, string value, string explanation)
    {
        Box box = new(LabelsLeft, Plot.Y + 4 + row * 26, Area.Right - LabelsLeft, 22);
        canvas.Text(name, box.X, box.Center.Y + 4, TextStyles.Label);
        canvas.Text(value, box.Right, box.Center.Y + 4, row == 0 ? TextStyles.StrongValue with { Size = 12 } : TextStyles.Value, TextAlign.Right);
        Explain(ui, new ControlId("weight number", row), box, explanation);
    }
}
