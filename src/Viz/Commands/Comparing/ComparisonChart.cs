using System.Numerics;
using DreamViz.Engine.Estimators;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels;

namespace DreamViz.Viz.Commands.Comparing;

/// <summary>Learning curves at the left, over the logarithm of the step; each leads to its row at the right, best first, with
/// the final ELBO, the importance-weighted bound and the cost.</summary>
/// <param name="runs">[1 …] best first.</param>
/// <param name="floor">Nats per example of independent units.</param>
internal sealed class ComparisonChart(IReadOnlyList<ComparedRun> runs, double floor)
{
    private const double FirstStep = 10;
    private const float RowsLeft = 624;
    private const float WidestRow = 34;

    private static readonly Box Curves = new(72, 112, 470, 524);
    private static readonly Box Dots = new(824, 112, 206, 524);
    private static readonly (string Name, float Right)[] Columns = [("ELBO", 1092), ("", 1150), ("CPU s", 1206), ("evals", 1256)];

    private static readonly TextStyle Heading = new(20, FontWeight.Semibold, Palette.Text);

    private readonly double highest = runs.Max(run => run.Weighted.Value) + 0.03 * Range(runs, floor);
    private readonly double lowest = Bottom(runs, floor) - 0.03 * Range(runs, floor);
    private readonly double lastStep = Math.Max(100, runs.Max(run => run.Steps));

    /// <summary>Data, network and learning.</summary>
    public required string Subject { get; init; }

    /// <summary>What was measured on what.</summary>
    public required string Judged { get; init; }

    /// <summary>Why some have no figure.</summary>
    public required IReadOnlyList<string> Refusals { get; init; }

    private float Pitch => Math.Min(WidestRow, Curves.Height / runs.Count);

    /// <summary>Draws the whole picture.</summary>
    public void Draw(Canvas canvas)
    {
        canvas.Text("Every estimator on the same machine", 24, 44, Heading);
        canvas.Text(Subject, 24, 68, TextStyles.Caption);
        canvas.Text(Judged, Columns[^1].Right, 68, TextStyles.Caption, TextAlign.Right);
        DrawAxes(canvas);
        DrawHeadings(canvas);
        for (int i = runs.Count - 1; i >= 0; i--) DrawCurve(canvas, i);
        for (int i = 0; i < runs.Count; i++) DrawRow(canvas, i);
        DrawLegend(canvas);
    }

    private static double Bottom(IReadOnlyList<ComparedRun> runs, double floor) => Math.Min(floor, runs.Min(run => run.Elbo.Value));

    private static double Range(IReadOnlyList<ComparedRun> runs, double floor) =>
        Math.Max(1, runs.Max(run => run.Weighted.Value) - Bottom(runs, floor));

    /// <summary>The fewest decimals that tell neighboring ticks apart.</summary>
    private static int Decimals(double distance) => Math.Max(0, (int)Math.Ceiling(-Math.Log10(distance)));

    private float X(double step) => new LogScale(Curves.X, Curves.Right, FirstStep, lastStep).Place(step);

    private float Y(double nats) => Curves.Y + Curves.Height * (float)((highest - nats) / (highest - lowest));

    private float DotX(double nats) => Dots.X + Dots.Width * (float)((nats - lowest) / (highest - lowest));

    private float RowY(int row) => Curves.Y + Pitch * (row + 0.5f);

    private void DrawAxes(Canvas canvas)
    {
        canvas.Text("ELBO, by step", Curves.X, Curves.Y - 12, TextStyles.Label);
        double distance = AxisTicks.Distance(highest - lowest, 6);
        for (double nats = Math.Floor(highest / distance) * distance; nats > lowest; nats -= distance)
        {
            canvas.Rule(Curves.X, Y(nats), Curves.Width, 1, Palette.Rule.Fade(0.7f));
            canvas.Text(Numbers.Fixed(nats, Decimals(distance)), Curves.X - 8, Y(nats) + 4, TextStyles.Axis, TextAlign.Right);
        }

        for (double step = FirstStep; step <= lastStep; step *= 10)
            canvas.Text(AxisTicks.ShortStep((long)step), X(step), Curves.Bottom + 18, TextStyles.Axis, TextAlign.Center);
        ReadOnlySpan<Vector2> line = [new(Curves.X, Y(floor)), new(Curves.Right, Y(floor))];
        canvas.Line(line, 1, Palette.TertiaryText, 3);
        canvas.Text("independent units", Curves.Right, Y(floor) - 6, TextStyles.Axis, TextAlign.Right);
    }

    private void DrawHeadings(Canvas canvas)
    {
        canvas.Text("at the end", RowsLeft, Curves.Y - 12, TextStyles.Label);
        double distance = AxisTicks.Distance(highest - lowest, 4);
        float bottom = RowY(runs.Count - 1) + Pitch / 2;
        for (double nats = Math.Floor(highest / distance) * distance; nats > lowest; nats -= distance)
        {
            canvas.Rule(DotX(nats), Dots.Y, 1, bottom - Dots.Y, Palette.Rule.Fade(0.7f));
            canvas.Text(Numbers.Fixed(nats, Decimals(distance)), DotX(nats), Dots.Y - 12, TextStyles.Axis, TextAlign.Center);
        }

        foreach ((string name, float right) in Columns)
            canvas.Text(name.Length > 0 ? name : runs[0].Weighted.Name, right, Dots.Y - 12, TextStyles.Axis, TextAlign.Right);
    }

    private void DrawCurve(Canvas canvas, int index)
    {
        (ComparedRun run, Rgba color) = (runs[index], ColorOf(runs[index]));
        CurvePlot curve = new();
        foreach (CurvePoint point in run.Curve)
            if (point.Step >= FirstStep) curve.Add(X(point.Step), Y(Math.Min(point.Elbo, highest)));
        canvas.PushClip(Curves.Grow(5));
        curve.Draw(canvas, index == 0 ? 2.5f : 1.5f, color, run.Description.RecognitionUnbiased ? 0 : 5);
        canvas.PopClip();
        if (curve.Points.Count == 0) return;
        Vector2 end = curve.Points[^1], row = new(RowsLeft - 8, RowY(index));
        float bend = (row.X - Curves.Right) / 2;
        canvas.Curve(
            end + new Vector2(6, 0), new(Math.Max(end.X, Curves.Right) + bend, end.Y), row - new Vector2(bend, 0), row, 1, color.Fade(0.45f));
    }

    private void DrawRow(Canvas canvas, int index)
    {
        (ComparedRun run, Rgba color, float y) = (runs[index], ColorOf(runs[index]), RowY(index));
        (float from, float to) = (Math.Max(Dots.X, DotX(run.Elbo.Value)), DotX(run.Weighted.Value));
        TextStyle name = index == 0 ? TextStyles.StrongValue with { Size = 12 } : TextStyles.Label;
        canvas.Text(Named(run), RowsLeft, y + 4, name);
        canvas.Line([new(from, y), new(to, y)], 2, color.Fade(0.4f));
        canvas.Disc(new(from, y), 4, Palette.Ground);
        canvas.Ring(new(from, y), 4, 1.5f, color);
        canvas.Disc(new(to, y), 4, color);
        string[] cells =
        [
            Numbers.Fixed(run.Elbo.Value, 1), Numbers.Fixed(run.Weighted.Value, 1), Numbers.Fixed(run.CpuSeconds, run.CpuSeconds < 10 ? 1 : 0),
            Numbers.Short(run.Evaluations),
        ];
        for (int i = 0; i < cells.Length; i++)
            canvas.Text(cells[i], Columns[i].Right, y + 4, i < 2 ? TextStyles.Value : TextStyles.Caption, TextAlign.Right);
    }

    private void DrawLegend(Canvas canvas)
    {
        float x = Curves.X, y = Curves.Bottom + 52;
        (string Text, Rgba Color, float Dash)[] kinds =
        [
            ("climbs the ELBO", Palette.TrackFill, 0), ("climbs a K-sample bound", Palette.Minus, 0),
            ("learns from dreams, or not at all", Palette.Dream, 0), ("biased", Palette.Alert, 5),
        ];
        foreach ((string text, Rgba color, float dash) in kinds)
        {
            canvas.Line([new(x, y - 4), new(x + 24, y - 4)], 2, color, dash);
            x += 34 + canvas.Text(text, x + 32, y, TextStyles.Caption) + 24;
        }

        canvas.Ring(new(Dots.X + 4, y - 4), 4, 1.5f, Palette.TrackFill);
        canvas.Text("ELBO", Dots.X + 16, y, TextStyles.Caption);
        canvas.Disc(new(Dots.X + 68, y - 4), 4, Palette.TrackFill);
        canvas.Text(runs[0].Weighted.Name, Dots.X + 80, y, TextStyles.Caption);
        canvas.Text("evals: network passes a step for each example", Columns[^1].Right, y, TextStyles.Caption, TextAlign.Right);
        if (Refusals.Count > 0)
            canvas.Text($"Without a figure: {string.Join("; ", Refusals)}", Curves.X, y + 18, TextStyles.Axis);
    }

    /// <summary>Its name, K where there are several samples, and its steps where they are fewer than others'.</summary>
    private string Named(ComparedRun run)
    {
        string samples = run.Samples > 1 ? $", K = {run.Samples}" : "";
        return run.Steps < lastStep ? $"{run.Description.Name}{samples}, {AxisTicks.ShortStep(run.Steps)} steps" : $"{run.Description.Name}{samples}";
    }

    /// <summary>What its recognition network climbs.</summary>
    private static Rgba ColorOf(ComparedRun run) => run.Description switch
    {
        { RecognitionUnbiased: false } => Palette.Alert,
        { Recognition: ClaimedObjective.Elbo } => Palette.TrackFill,
        { Recognition: ClaimedObjective.ImportanceWeightedBound } => Palette.Minus,
        _ => Palette.Dream,
    };
}
