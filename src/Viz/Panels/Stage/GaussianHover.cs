using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What the pointer on a real-valued unit shows: a ring on it and its twin, its value, and what recognition says of it.
/// </summary>
internal static class GaussianHover
{
    private const float Height = 44;
    private const float NearestText = 232;
    private const float BesideChip = 158;

    /// <summary>Draws rings and tooltip over everything else.</summary>
    public static void Draw(Canvas canvas, HalfView half, HalfView other, StageLayout layout, Selection selection, int unit)
    {
        DrawRing(canvas, other, layout, unit, 0.6f);
        DrawRing(canvas, half, layout, unit, 1);
        Span<char> name = stackalloc char[24], state = stackalloc char[80];
        name.TryWrite($"g unit {unit + 1}", out int nameLength);
        int stateLength = Describe(half, selection, unit, state);
        string action = selection.IsHeld(unit) ? "drag: turn · click: release it" : "drag: turn · click: hold it";
        float width = MathF.Max(
            canvas.Measure(state[..stateLength], 12, FontWeight.Regular),
            canvas.Measure(name[..nameLength], 12, FontWeight.Semibold) + 14 + canvas.Measure(action, 11, FontWeight.Regular)) + 20;
        float x = layout.GaussianPlace(half.Side)!.CellBox(unit).Center.X - width / 2, y = StageMetrics.Top - 8 - Height;
        x = half.Side == World.Wake
            ? MathF.Max(NearestText, MathF.Min(x, StageMetrics.Axis - BesideChip - width))
            : MathF.Max(StageMetrics.Axis + BesideChip, MathF.Min(x, Canvas.DesignWidth - NearestText - width));
        Card.Draw(canvas, new(x, y, width, Height), 6);
        canvas.Text(name[..nameLength], x + 10, y + 17, new(12, FontWeight.Semibold, Palette.Text));
        canvas.Text(action, x + width - 10, y + 17, new(11, FontWeight.Regular, Palette.TertiaryText), TextAlign.Right);
        canvas.Text(state[..stateLength], x + 10, y + 34, new(12, FontWeight.Regular, Palette.SecondaryText));
    }

    private static void DrawRing(Canvas canvas, HalfView half, StageLayout layout, int unit, float opacity)
    {
        Box box = layout.GaussianPlace(half.Side)!.CellBox(unit);
        canvas.Ring(box.Center, box.Width / 2 + 3, 1.5f, Palette.Focus.Fade(opacity));
    }

    private static int Describe(HalfView half, Selection selection, int unit, Span<char> text)
    {
        float value = half.Gaussian.Values[unit];
        int length;
        if (half.World is not null && !half.IsDream)
            text.TryWrite($"g = {value:+0.00;−0.00;0.00} · μ = {half.Gaussian.Means[unit]:+0.00;−0.00;0.00} · σ = {half.Gaussian.Deviations[unit]:F2}", out length);
        else if (half.World is null && half.Side == World.Dream && selection.IsHeld(unit)) text.TryWrite($"g = {value:+0.00;−0.00;0.00} · held", out length);
        else text.TryWrite($"g = {value:+0.00;−0.00;0.00} · drawn from N(0, 1)", out length);
        return length;
    }
}
