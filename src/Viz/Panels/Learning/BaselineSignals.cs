using System.Numerics;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Learning;

/// <summary>What baselines do for a score-function estimator: the mean square, in squared nats, of the learning signal f, of f − c and of
/// f − c − C(x), over the logarithm of the step. The noise of the gradient grows with it.</summary>
internal sealed class BaselineSignals(Scene scene) : LearningView(scene)
{
    private const double AveragingSeconds = 0.4;
    private const double StepRatio = 1.02;
    private const float LabelsLeft = 544;

    private static readonly Box Plot = new(344, 492, 190, 113);
    private static readonly string[] Names = ["f", "f − c", "− C(x)"];
    private static readonly string[] Explanations =
    [
        "The mean square of the plain learning signal f = log p(x, z) − log q(z | x): the gradient's noise grows with it",
        "What a running baseline leaves: f less the mean c of past signals, of documents the mean per word times the words",
        "What is left when a network has also predicted, from the data alone, how large the signal will be",
    ];

    private readonly LogStepAxis steps = new(Plot);
    private readonly List<(long Step, Vector3 Logarithms)> history = [];
    private readonly CurvePlot[] curves = [new(), new(), new()];
    private readonly CachedText<double>[] values = [new(Written), new(Written), new(Written)];
    private readonly CachedText<(int Signal, int Hundredths)> tip =
        new(key => $"{Explanations[key.Signal]}. Variance within the batch: {Written(Math.Exp(key.Hundredths / 100.0))} squared nats");
    private readonly Dictionary<int, string> decades = [];
    private LearningSignals newest;
    private Vector3 smoothed;
    private int signals;
    private bool offered;
    private long shownStep = -1;
    private double shownAt;

    /// <inheritdoc/>
    public override string Title => "Baseline";

    /// <inheritdoc/>
    public override string Explanation => "What baselines leave of the learning signal, and so of the gradient's noise";

    /// <inheritdoc/>
    public override string Caption => "mean square in squared nats, by step";

    /// <inheritdoc/>
    public override string ShortCaption => "mean square";

    /// <inheritdoc/>
    public override bool IsOffered => offered;

    /// <inheritdoc/>
    public override void RunStarted() => (offered, shownStep) = (false, -1);

    /// <inheritdoc/>
    public override void Observe(TrainingSnapshot snapshot)
    {
        offered = snapshot.Diagnostics.Signals is not null;
        if (snapshot.Diagnostics.Signals is not { } found)
        {
            shownStep = -1;
            return;
        }

        if (snapshot.Wake.Step == shownStep) return;
        int count = found.Predicted is null ? 2 : 3;
        bool anew = shownStep < 0 || snapshot.Wake.Step < shownStep || count != signals;
        if (anew) history.Clear();
        (newest, signals) = (found, count);
        Vector3 logarithms = new(Log(found.Plain), Log(found.Centered), Log(found.Predicted ?? found.Centered));
        float share = anew ? 1 : (float)(1 - Math.Exp(-(Scene.Time.Time - shownAt) / AveragingSeconds));
        smoothed = anew ? logarithms : Vector3.Lerp(smoothed, logarithms, share);
        (shownStep, shownAt) = (snapshot.Wake.Step, Scene.Time.Time);
        if (history.Count == 0 || shownStep > history[^1].Step * StepRatio) history.Add((shownStep, smoothed));
        else history[^1] = history[^1] with { Logarithms = smoothed };
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        (float lowest, float highest) = Range();
        steps.Fit(history[0].Step, history[^1].Step);
        steps.Draw(canvas);
        DrawDecades(canvas, lowest, highest);
        Span<float> heights = stackalloc float[signals];
        canvas.PushClip(Plot.Grow(4));
        for (int s = 0; s < signals; s++)
        {
            curves[s].Clear();
            foreach ((long step, Vector3 logarithms) in history) curves[s].Add(steps.X(step), Y(logarithms[s], lowest, highest));
            curves[s].Draw(canvas, s == signals - 1 ? 2 : 1.5f, Color(s), s == 0 ? 5 : 0);
            heights[s] = Y(smoothed[s], lowest, highest);
        }

        canvas.PopClip();
        LabelStack.Spread(heights, 21, Plot.Y + 4, Plot.Bottom);
        for (int s = 0; s < signals; s++) DrawLabel(canvas, ui, s, heights[s]);
    }

    private static float Log(SignalSize size) => (float)Math.Log10(Math.Max(1e-6, size.MeanSquare));

    private static string Written(double value) => value >= 1000 ? Numbers.Grouped((long)Math.Round(value)) : Numbers.Short(value);

    private static float Y(float logarithm, float lowest, float highest) =>
        Plot.Y + Plot.Height * (highest - logarithm) / (highest - lowest);

    private Rgba Color(int signal) =>
        signal == signals - 1 ? Palette.Text : signal == 0 ? Palette.TertiaryText : Palette.SecondaryText;

    private (float Lowest, float Highest) Range()
    {
        float lowest = float.PositiveInfinity, highest = float.NegativeInfinity;
        foreach ((_, Vector3 logarithms) in history)
        {
            lowest = MathF.Min(lowest, MathF.Min(logarithms.X, MathF.Min(logarithms.Y, logarithms.Z)));
            highest = MathF.Max(highest, MathF.Max(logarithms.X, MathF.Max(logarithms.Y, logarithms.Z)));
        }

        float margin = MathF.Max(0.15f, 0.08f * (highest - lowest));
        return (lowest - margin, highest + margin);
    }

    private void DrawDecades(Canvas canvas, float lowest, float highest)
    {
        for (int decade = (int)MathF.Ceiling(lowest); decade <= highest; decade++)
        {
            float y = Y(decade, lowest, highest);
            canvas.Rule(Plot.X, y, Plot.Width, 1, Palette.Rule.Fade(0.7f));
            if (!decades.TryGetValue(decade, out string? name))
                decades[decade] = name = decade > 5 ? $"1e{decade}" : Numbers.Grouped((long)Math.Pow(10, decade));
            canvas.Text(decade < 0 ? "" : name, Plot.X - 6, y + 4, TextStyles.Axis, TextAlign.Right);
        }
    }

    private void DrawLabel(Canvas canvas, Ui ui, int signal, float y)
    {
        Box box = new(LabelsLeft, y - 10, Area.Right - LabelsLeft, 20);
        canvas.Text(Names[signal], box.X, y + 4, TextStyles.Label);
        var style = TextStyles.StrongValue with { Color = Color(signal), Size = 12 };
        canvas.Text(values[signal].Of(Math.Round(Math.Pow(10, smoothed[signal]), 2)), box.Right, y + 4, style, TextAlign.Right);
        ExplainSignal(ui, signal, box);
    }

    private void ExplainSignal(Ui ui, int signal, Box box)
    {
        ControlId id = new("signal", signal);
        Interaction state = ui.Interact(id, box, enabled: false);
        if (!state.Hovered) return;
        SignalSize size = signal == 0 ? newest.Plain : signal == 1 ? newest.Centered : newest.Predicted ?? newest.Centered;
        int hundredths = (int)Math.Round(100 * Math.Log(Math.Max(1e-6, size.Variance)));
        ui.Tip(id, box, state, tip.Of((signal, hundredths)));
    }
}
