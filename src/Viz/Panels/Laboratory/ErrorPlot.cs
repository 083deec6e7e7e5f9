using System.Numerics;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>The error of a mean against the number of answers averaged, both as logarithms: an unbiased estimator's falls for
/// ever, a biased one's flattens at its bias.</summary>
internal sealed class ErrorPlot
{
    private const float LabelsLeft = 516;
    private const float LabelPitch = 15;

    private static readonly Box Plot = new(72, 484, 420, 154);

    private readonly List<(float Y, int Index)> labels = [];
    private readonly string[] percents = ["0.1%", "1%", "10%", "100%", "1000%", "10,000%", "100,000%"];
    private LogScale across;
    private LogScale up;

    /// <summary>Draws it.</summary>
    public void Draw(Canvas canvas, Ui ui, LaboratoryFigures? figures, int selected)
    {
        canvas.Text("Does the error keep falling?", 24, 466, TextStyles.Title);
        canvas.Text("error / exact, against estimates averaged", 628, 466, TextStyles.Caption, TextAlign.Right);
        if (figures is null || !ChooseScale(figures)) return;
        ControlId id = new("laboratory errors");
        ui.Tip(id, Plot, ui.Interact(id, Plot, enabled: false),
            "How far the mean of so many estimates lies from the exact gradient: noise averages away and its curve falls for ever, a bias stays and its curve turns flat.");
        DrawAxes(canvas);
        for (int i = 0; i < figures.Measured.Count; i++) if (i != selected) DrawCurve(canvas, figures, i, isSelected: false);
        DrawCurve(canvas, figures, selected, isSelected: true);
        DrawLabels(canvas, ui, figures, selected);
    }

    private bool ChooseScale(LaboratoryFigures figures)
    {
        (double lowest, double highest) = (double.PositiveInfinity, 0);
        foreach (EstimatorMeasures? measures in figures.Measured)
        {
            foreach (AveragedError error in measures?.Errors ?? [])
            {
                if (!(error.Error > 0) || !double.IsFinite(error.Error)) continue;
                (lowest, highest) = (Math.Min(lowest, error.Error), Math.Max(highest, error.Error));
            }
        }

        if (highest == 0) return false;
        highest = Math.Clamp(highest * 1.15, 0.01, 1e6);
        across = new(Plot.X, Plot.Right, 1, Math.Max(2, figures.Result.Planned));
        up = new(Plot.Bottom, Plot.Y, Math.Clamp(lowest / 1.3, 1e-3, highest / 100), highest);
        return true;
    }

    private void DrawAxes(Canvas canvas)
    {
        for (int decade = -3; decade < percents.Length - 3; decade++)
        {
            double error = Math.Pow(10, decade);
            if (error < up.First || error > up.Last) continue;
            canvas.Rule(Plot.X, up.Place(error), Plot.Width, 1, Palette.Rule.Fade(0.7f));
            canvas.Text(percents[decade + 3], Plot.X - 8, up.Place(error) + 4, TextStyles.Axis, TextAlign.Right);
        }

        for (int averaged = 1; averaged <= across.Last; averaged *= 10)
        {
            canvas.Rule(across.Place(averaged), Plot.Bottom + 1, 1, 3, Palette.Rule);
            canvas.Text(TickNames[(int)Math.Round(Math.Log10(averaged))], across.Place(averaged), 656, TextStyles.Axis, TextAlign.Center);
        }
    }

    private static readonly string[] TickNames =
        [.. Enumerable.Range(0, 8).Select(power => Numbers.Grouped((long)Math.Pow(10, power)))];

    private void DrawCurve(Canvas canvas, LaboratoryFigures figures, int index, bool isSelected)
    {
        if ((uint)index >= (uint)figures.Measured.Count || figures.Measured[index] is not { Errors.Count: > 1 } measures) return;
        Span<Vector2> points = stackalloc Vector2[Math.Min(64, measures.Errors.Count)];
        int count = 0;
        foreach (AveragedError error in measures.Errors)
            if (count < points.Length && double.IsFinite(error.Error)) points[count++] = new(across.Place(error.Averaged), up.Place(error.Error));
        if (count < 2) return;
        bool biased = figures.Cards[index].IsBiased;
        canvas.Line(points[..count], isSelected || biased ? 2 : 1.5f, Color(biased, isSelected), biased ? 5 : 0);
    }

    private static Rgba Color(bool biased, bool isSelected) =>
        biased ? Palette.Estimate : isSelected ? Palette.Text : Palette.Answer.Fade(0.62f);

    private void DrawLabels(Canvas canvas, Ui ui, LaboratoryFigures figures, int selected)
    {
        labels.Clear();
        for (int i = 0; i < figures.Measured.Count; i++)
            if (figures.Measured[i] is { Errors.Count: > 0 } measures && double.IsFinite(measures.Errors[^1].Error)) labels.Add((up.Place(measures.Errors[^1].Error), i));
        Span<float> heights = stackalloc float[labels.Count];
        for (int i = 0; i < labels.Count; i++) heights[i] = labels[i].Y;
        LabelStack.Spread(heights, LabelPitch, Plot.Y + 4, Plot.Bottom);
        for (int i = 0; i < labels.Count; i++)
            DrawLabel(canvas, ui, figures, labels[i], heights[i], labels[i].Index == selected);
    }

    private void DrawLabel(Canvas canvas, Ui ui, LaboratoryFigures figures, (float Y, int Index) label, float y, bool isSelected)
    {
        EstimatorCard card = figures.Cards[label.Index];
        Rgba color = card.IsBiased ? Palette.Estimate : isSelected ? Palette.Text : Palette.SecondaryText;
        float from = across.Place(Math.Max(1, figures.Measured[label.Index]!.Errors[^1].Averaged)) + 3;
        canvas.Line([new(from, label.Y), new(MathF.Max(from, LabelsLeft - 16), label.Y), new(LabelsLeft - 8, y), new(LabelsLeft - 4, y)], 1, color.Fade(0.45f));
        FittedName.Draw(canvas, ui, card.Name, LabelsLeft, y + 4, 136, new(11, isSelected ? FontWeight.Semibold : FontWeight.Regular, color));
    }
}
