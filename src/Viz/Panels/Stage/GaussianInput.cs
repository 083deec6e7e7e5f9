using System.Numerics;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What the pointer does on a real-valued unit. Drag up or down, or scroll: turn it, which holds it at that value. Click: hold
/// it at the value that it shows, or release it.</summary>
internal sealed class GaussianInput
{
    private const float DragDistance = 3;
    private const float PixelsToOne = 30;
    private const float NotchesToOne = 4;

    private (int Unit, float Start)? turned;
    private bool moved;

    /// <summary>Whether a unit is being turned.</summary>
    public bool IsTurning => turned is not null;

    /// <summary>Takes a press; whether it was on a unit.</summary>
    public bool Press(StageLayout layout, Vector2 point, (HalfView Left, HalfView Right) views)
    {
        (turned, moved) = (null, false);
        if (!layout.HitGaussian(point, out World world, out int unit)) return false;
        turned = (unit, Value(world, unit, views));
        return true;
    }

    /// <summary>Turns the pressed unit: upwards is more.</summary>
    public void Drag(Selection selection, float upwards)
    {
        if (turned is not { } dial) return;
        moved |= MathF.Abs(upwards) > DragDistance;
        if (moved) selection.Hold(dial.Unit, dial.Start + upwards / PixelsToOne);
    }

    /// <summary>Ends a press: without a drag it was a click.</summary>
    public void Release(Selection selection)
    {
        if (turned is { } dial && !moved)
        {
            if (selection.IsHeld(dial.Unit)) selection.Release(dial.Unit);
            else selection.Hold(dial.Unit, dial.Start);
        }

        turned = null;
    }

    /// <summary>Turns the unit under the pointer by the wheel.</summary>
    public static void Scroll(Ui ui, StageView view, StageLayout layout, Selection selection, World world, (HalfView Left, HalfView Right) views)
    {
        if (selection.HoveredGaussian is not { } unit) return;
        float notches = ui.TakeWheel(view.ToScreen(layout.GaussianPlace(world)!.CellBox(unit).Grow(4)));
        if (notches != 0) selection.Hold(unit, (selection.IsHeld(unit) ? selection.HeldValues[unit] : Value(world, unit, views)) + notches / NotchesToOne);
    }

    private static float Value(World world, int unit, (HalfView Left, HalfView Right) views) =>
        (world == World.Wake ? views.Left : views.Right).Gaussian.Values[unit];
}
