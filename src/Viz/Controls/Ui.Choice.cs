using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Controls;

/// <content>Switches and segmented controls.</content>
public sealed partial class Ui
{
    /// <summary>A switch; true when the user turned it.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where the pointer reaches it; the switch of 28 × 16 stands at its right end.</param>
    /// <param name="on">Its state, changed in place.</param>
    /// <param name="enabled">Whether it can be used now.</param>
    /// <param name="tip">Explains it.</param>
    public bool Switch(ControlId id, Box box, ref bool on, bool enabled = true, string tip = "")
    {
        Interaction state = Interact(id, box, enabled);
        Tip(id, box, state, tip);
        if (state.Clicked) on = !on;
        float before = Dim(enabled);
        Box track = new(box.Right - 28, box.Center.Y - 8, 28, 16);
        canvas.Fill(track, 8, on ? Palette.SwitchOn : Palette.Control);
        canvas.Stroke(track, 8, 1, state.Hovered && enabled ? Palette.TertiaryText : on ? Palette.SwitchOn : Palette.OffOutline);
        canvas.Disc(new(on ? track.Right - 8 : track.X + 8, track.Center.Y), 5, on ? Palette.Text : Palette.TertiaryText);
        if (state.Focused) FocusRing(track, 8);
        canvas.Opacity = before;
        return state.Clicked;
    }

    /// <summary>A row of choices, one of which is chosen; true when the user chose another.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where it stands.</param>
    /// <param name="items">What can be chosen.</param>
    /// <param name="selected">The chosen one, changed in place.</param>
    /// <param name="enabled">Whether it can be used now.</param>
    /// <param name="tip">Explains it.</param>
    /// <param name="inset">By how much the pointer reaches beyond the box above and below.</param>
    public bool Segmented(
        ControlId id, Box box, IReadOnlyList<string> items, ref int selected, bool enabled = true, string tip = "", float inset = 3)
    {
        Box reach = box with { Y = box.Y - inset, Height = box.Height + 2 * inset };
        Interaction state = Interact(id, reach, enabled);
        Tip(id, box, state, tip);
        int before = selected;
        Span<float> edges = stackalloc float[items.Count + 1];
        PlaceSegments(box, items, edges);
        int under = 0;
        while (under < items.Count - 1 && Pointer.X >= edges[under + 1]) under++;
        if (state.Clicked && !state.Focused) selected = under;
        if (state.Focused && input.Take(Key.Left)) selected = Math.Max(0, selected - 1);
        if (state.Focused && input.Take(Key.Right)) selected = Math.Min(items.Count - 1, selected + 1);
        DrawSegments(box, items, edges, selected, state.Hovered && enabled ? under : -1, state, enabled);
        return selected != before;
    }

    /// <summary>Equal parts; where a text would not fit its part, parts as wide as their texts and equal margins.</summary>
    private void PlaceSegments(Box box, IReadOnlyList<string> items, Span<float> edges)
    {
        float sum = 0, widest = 0;
        for (int i = 0; i < items.Count; i++)
        {
            float width = canvas.Measure(items[i], 12, FontWeight.Semibold);
            (sum, widest) = (sum + width, MathF.Max(widest, width));
            edges[i + 1] = sum;
        }

        bool equal = widest + 12 <= box.Width / items.Count;
        float margin = (box.Width - sum) / items.Count;
        for (int i = 0; i <= items.Count; i++)
            edges[i] = box.X + (equal ? i * box.Width / items.Count : edges[i] + i * margin);
    }

    private void DrawSegments(
        Box box, IReadOnlyList<string> items, ReadOnlySpan<float> edges, int selected, int under, Interaction state, bool enabled)
    {
        float opacity = Dim(enabled);
        canvas.Fill(box, Radius, Palette.Control);
        for (int i = 0; i < items.Count; i++)
        {
            Box part = new(edges[i], box.Y, edges[i + 1] - edges[i], box.Height);
            if (i == selected) canvas.Fill(part, Radius, Palette.ControlActive);
            else if (i == under) canvas.Fill(part, Radius, Palette.ControlHover);
            TextStyle style = i == selected
                ? new(12, FontWeight.Semibold, Palette.Text)
                : new(12, FontWeight.Regular, Palette.SecondaryText);
            canvas.Text(items[i], part.Center.X, part.Center.Y + 4.4f, style, TextAlign.Center);
        }

        canvas.Stroke(box, Radius, 1, Palette.Rule);
        if (state.Focused) FocusRing(box, Radius);
        canvas.Opacity = opacity;
    }
}
