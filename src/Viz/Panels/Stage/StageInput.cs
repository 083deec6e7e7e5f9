using System.Numerics;
using DreamViz.Engine.Diagnostics;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What the pointer does on the stage. Click: free → on → off → free. Shift-click: turned over while pressed. Drag:
/// all latent units in the box but those of a label move on together. Real-valued units are turned. Either world's twin means the same unit.</summary>
internal sealed class StageInput
{
    private const float DragDistance = 6;

    private readonly GaussianInput dials = new();
    private (UnitId Unit, Clamp Before)? pressed;
    private bool began;
    private bool dragging;
    private Vector2 pointer;
    private Vector2 pressPoint;

    /// <summary>The half in which the pointer hovers over a unit.</summary>
    public World HoveredWorld { get; private set; }

    /// <summary>The box being dragged, or null.</summary>
    public Box? Dragged { get; private set; }

    /// <summary>Handles one frame's input.</summary>
    /// <param name="ui">The pointer.</param>
    /// <param name="view">Through which camera the stage is seen.</param>
    /// <param name="layout">Where units stand.</param>
    /// <param name="selection">What is hovered and held; changed.</param>
    /// <param name="views">Both halves, for what is on now.</param>
    public void Handle(Ui ui, StageView view, StageLayout layout, Selection selection, (HalfView Left, HalfView Right) views)
    {
        Interaction state = ui.Interact("stage", view.ToScreen(view.Band), focusable: false);
        (pointer, pressPoint) = (view.ToStage(ui.Pointer), view.ToStage(ui.PressPoint));
        selection.Hovered = state.Hovered && Dragged is null && !dials.IsTurning ? UnitAt(layout, pointer) : null;
        if (!dials.IsTurning) selection.HoveredGaussian = state.Hovered && Dragged is null ? DialAt(layout, pointer) : null;
        GaussianInput.Scroll(ui, view, layout, selection, HoveredWorld, views);
        if (state.Pressed && dials.Press(layout, pressPoint, views)) (dragging, Dragged, pressed) = (false, null, null);
        if (dials.IsTurning)
        {
            dials.Drag(selection, pressPoint.Y - pointer.Y);
            if (ui.Released) dials.Release(selection);
            return;
        }

        if (state.Pressed) Press(ui, layout, selection, views);
        // A press that began on another network is none of this one's.
        if (!began) return;
        if (state.Held && pressed is null) Drag();
        if (state.Held && ui.Released) Release(layout, selection);
    }

    private UnitId? UnitAt(StageLayout layout, Vector2 point)
    {
        if (!layout.HitTest(point, out World world, out int layer, out int unit)) return null;
        HoveredWorld = world;
        return new(layer, unit);
    }

    private int? DialAt(StageLayout layout, Vector2 point)
    {
        if (!layout.HitGaussian(point, out World world, out int unit)) return null;
        HoveredWorld = world;
        return unit;
    }

    private void Press(Ui ui, StageLayout layout, Selection selection, (HalfView Left, HalfView Right) views)
    {
        (began, dragging, Dragged, pressed) = (true, false, null, null);
        if (!ui.Modifiers.HasFlag(Modifiers.Shift) || UnitAt(layout, pressPoint) is not { } unit) return;
        HalfView half = HoveredWorld == World.Wake ? views.Left : views.Right;
        pressed = (unit, selection[unit]);
        selection[unit] = half.Layers[unit.Layer].Target[unit.Index] >= 0.5f ? Clamp.Off : Clamp.On;
    }

    private void Drag()
    {
        dragging |= Vector2.Distance(pointer, pressPoint) > DragDistance;
        if (!dragging) return;
        Vector2 from = Vector2.Min(pointer, pressPoint), to = Vector2.Max(pointer, pressPoint);
        Dragged = new(from.X, from.Y, to.X - from.X, to.Y - from.Y);
    }

    private void Release(StageLayout layout, Selection selection)
    {
        if (pressed is { } hold) selection[hold.Unit] = hold.Before;
        else if (Dragged is { } box) CycleGroup(layout, selection, box);
        else if (UnitAt(layout, pressPoint) is { } unit) selection.Cycle(unit);
        (began, pressed, Dragged, dragging) = (false, null, null, false);
    }

    private static void CycleGroup(StageLayout layout, Selection selection, Box box)
    {
        List<UnitId> group = [];
        for (int layer = 1; layer <= layout.Depth; layer++)
            for (int unit = 0; unit < layout.LayerSizes[layer]; unit++)
                if (!layout.IsLabel(layer, unit) && (Holds(World.Wake, layer, unit) || Holds(World.Dream, layer, unit)))
                    group.Add(new(layer, unit));
        if (group.Count == 0) return;
        Clamp next = group.Any(unit => selection[unit] == Clamp.Free) ? Clamp.On
            : group.Any(unit => selection[unit] == Clamp.On) ? Clamp.Off
            : Clamp.Free;
        foreach (UnitId unit in group) selection[unit] = next;

        bool Holds(World world, int layer, int unit)
        {
            Vector2 center = layout.Place(world, layer).CellBox(unit).Center;
            return box.Contains(center.X, center.Y);
        }
    }
}
