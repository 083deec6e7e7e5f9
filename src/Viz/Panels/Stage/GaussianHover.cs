using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What the pointer on a real-valued unit shows: a ring on it and its twin, its value, what recognition says of it, and
/// what it pushes when it rises.</summary>
internal sealed class GaussianHover
{
    private const float Height = 44;
    private const float NearestText = 232;
    private const float BesideChip = 158;
    private const float FieldSide = 60;

    private readonly ReceptiveField receptiveField = new();
    private byte[] picture = [];
    private byte[] padded = [];
    private (int Unit, int Model)? known;

    /// <summary>Draws rings, receptive field and tooltip over everything else.</summary>
    public void Draw(Canvas canvas, Scene scene, HalfView half, HalfView other, StageLayout layout, int unit)
    {
        DrawRing(canvas, other, layout, unit, 0.6f);
        DrawRing(canvas, half, layout, unit, 1);
        if (scene.Model is { } machine && layout.WakePicture.Words is null)
        {
            ReadField(machine, scene.ModelVersion, layout.WakePicture, unit);
            DrawField(canvas, half, layout, unit);
        }

        DrawTooltip(canvas, half, layout, scene.Selection, unit);
    }

    private void ReadField(HelmholtzMachine machine, int version, PicturePlace place, int unit)
    {
        if (known == (unit, version)) return;
        known = (unit, version);
        ReadOnlySpan<float> field = receptiveField.ComputeGaussian(machine, unit);
        if (picture.Length != field.Length) (picture, padded) = (new byte[field.Length], new byte[place.PaddedSide * place.PaddedSide]);
        float largest = 1e-6f;
        foreach (float value in field) largest = MathF.Max(largest, MathF.Abs(value));
        for (int i = 0; i < field.Length; i++) picture[i] = (byte)(128 + 127 * field[i] / largest);
        place.Pad(picture, padded, empty: 128);
    }

    private void DrawField(Canvas canvas, HalfView half, StageLayout layout, int unit)
    {
        LayerPlace first = layout.Place(half.Side, 1);
        Box tile = layout.PictureOf(half.Side).Tile;
        float x = half.Side == World.Dream
            ? MathF.Max(first.Right + 4, (first.Right + tile.X - FieldSide) / 2)
            : MathF.Min(first.Left - 4 - FieldSide, (first.Left + tile.Right - FieldSide) / 2);
        float y = layout.GaussianPlace(half.Side)!.CellBox(unit).Center.Y - FieldSide / 2;
        var box = new Box(x, Math.Clamp(y, StageMetrics.Top, StageMetrics.Bottom - FieldSide - 36), FieldSide, FieldSide);
        canvas.Fill(box.Grow(4) with { Height = FieldSide + 42 }, 8, Palette.Ground.Fade(0.8f));
        canvas.Image(box, 6, layout.WakePicture.PaddedSide, padded, ColorMap.Difference, Sampling.Nearest);
        canvas.Stroke(box, 6, 1, Palette.Focus);
        var style = new TextStyle(11, FontWeight.Regular, Palette.SecondaryText);
        canvas.Text("when it rises", box.Center.X, box.Bottom + 16, style, TextAlign.Center);
        canvas.Text("+", box.Center.X - 10, box.Bottom + 30, style with { Weight = FontWeight.Semibold, Color = Palette.Plus }, TextAlign.Center);
        canvas.Text("−", box.Center.X + 11, box.Bottom + 30, style with { Weight = FontWeight.Semibold, Color = Palette.Minus }, TextAlign.Center);
    }

    private static void DrawTooltip(Canvas canvas, HalfView half, StageLayout layout, Selection selection, int unit)
    {
        Span<char> name = stackalloc char[24], state = stackalloc char[80];
        name.TryWrite($"g unit {unit + 1}", out int nameLength);
        int stateLength = Describe(half, selection, unit, state);
        string action = selection.IsHeld(unit) ? "drag: turn · click: free" : "drag: turn · click: hold";
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
