using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What is said of the unit under the pointer: its name, what a click does, and its state; always in the row above the layers,
/// so that it never covers a unit.</summary>
internal static class UnitTooltip
{
    private const float Height = 44;
    private const float NearestText = 232;
    private const float BesideChip = 158;

    /// <summary>Draws it.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="side">The unit's half of the stage.</param>
    /// <param name="cell">The unit.</param>
    /// <param name="name">Above on the left.</param>
    /// <param name="action">Above on the right.</param>
    /// <param name="state">Below.</param>
    public static void Draw(
        Canvas canvas, World side, Box cell, ReadOnlySpan<char> name, ReadOnlySpan<char> action, ReadOnlySpan<char> state)
    {
        float width = MathF.Max(
            canvas.Measure(state, 12, FontWeight.Regular),
            canvas.Measure(name, 12, FontWeight.Semibold) + 14 + canvas.Measure(action, 11, FontWeight.Regular)) + 20;
        float x = cell.Center.X - width / 2, y = StageMetrics.Top - 8 - Height;
        x = side == World.Wake
            ? MathF.Max(NearestText, MathF.Min(x, StageMetrics.Axis - BesideChip - width))
            : MathF.Max(StageMetrics.Axis + BesideChip, MathF.Min(x, Canvas.DesignWidth - NearestText - width));
        Card.Draw(canvas, new(x, y, width, Height), 6);
        canvas.Text(name, x + 10, y + 17, new(12, FontWeight.Semibold, Palette.Text));
        canvas.Text(action, x + width - 10, y + 17, new(11, FontWeight.Regular, Palette.TertiaryText), TextAlign.Right);
        canvas.Text(state, x + 10, y + 34, new(12, FontWeight.Regular, Palette.SecondaryText));
    }
}
