using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What the pointer on a real-valued unit shows: a ring on it and its twin, its value, what recognition says of it, and
/// what it pushes when it rises.</summary>
internal sealed class GaussianHover
{
    private readonly ReceptiveField receptiveField = new();
    private readonly FieldTile tile = new();
    private float[] field = [];
    private (int Unit, int Model)? known;

    /// <summary>Draws rings, receptive field and tooltip over everything else.</summary>
    public void Draw(Canvas canvas, Scene scene, HalfView half, HalfView other, StageLayout layout, int unit)
    {
        DrawRing(canvas, other, layout, unit, 0.6f);
        DrawRing(canvas, half, layout, unit, 1);
        if (scene.Model is { } machine && layout.WakePicture.Words is null)
        {
            ReadField(machine, scene.ModelVersion, unit);
            tile.Draw(canvas, half.Side, layout, layout.GaussianPlace(half.Side)!.CellBox(unit), field, "when it rises");
        }

        DrawTooltip(canvas, half, layout, scene.Selection, unit);
    }

    private void ReadField(HelmholtzMachine machine, int version, int unit)
    {
        if (known == (unit, version)) return;
        known = (unit, version);
        if (field.Length != machine.LayerSizes[0]) field = new float[machine.LayerSizes[0]];
        receptiveField.ComputeGaussian(machine, unit).CopyTo(field);
    }

    private static void DrawTooltip(Canvas canvas, HalfView half, StageLayout layout, Selection selection, int unit)
    {
        Span<char> name = stackalloc char[24], state = stackalloc char[80];
        name.TryWrite($"g unit {unit + 1}", out int nameLength);
        int stateLength = Describe(half, selection, unit, state);
        string action = selection.IsHeld(unit) ? "drag: turn · click: free" : "drag: turn · click: hold";
        UnitTooltip.Draw(canvas, half.Side, layout.GaussianPlace(half.Side)!.CellBox(unit), name[..nameLength], action, state[..stateLength]);
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
