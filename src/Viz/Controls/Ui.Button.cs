using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Controls;

/// <content>Buttons.</content>
public sealed partial class Ui
{
    private const float Radius = 6;

    /// <summary>A button with a text; true when clicked.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where; at least 28 px high.</param>
    /// <param name="label">What it does.</param>
    /// <param name="enabled">Whether it can be used now.</param>
    /// <param name="tip">Explains it; with its shortcut.</param>
    public bool Button(ControlId id, Box box, string label, bool enabled = true, string tip = "")
    {
        Interaction state = ButtonFrame(id, box, enabled, selected: false, tip);
        float before = Dim(enabled);
        canvas.Text(label, box.Center.X, box.Center.Y + 4.4f, new(13, FontWeight.Regular, Palette.Text), TextAlign.Center);
        canvas.Opacity = before;
        return state.Clicked;
    }

    /// <summary>A button with a symbol and a text; true when clicked.</summary>
    public bool Button(ControlId id, Box box, Icon icon, Rgba iconColor, string label, bool enabled = true, string tip = "")
    {
        Interaction state = ButtonFrame(id, box, enabled, selected: false, tip);
        float before = Dim(enabled);
        Icons.Draw(canvas, icon, new(box.X + 18, box.Center.Y), icon == Icon.Moon ? 16 : 20, iconColor);
        canvas.Text(label, box.X + 34, box.Center.Y + 4.4f, new(13, FontWeight.Regular, Palette.Text));
        canvas.Opacity = before;
        return state.Clicked;
    }

    /// <summary>A button with a symbol only; true when clicked.</summary>
    public bool IconButton(ControlId id, Box box, Icon icon, bool enabled = true, bool selected = false, string tip = "") =>
        IconButton(id, box, icon, Palette.Text, enabled, selected, tip);

    /// <summary>A button with a symbol of this color only; true when clicked.</summary>
    public bool IconButton(
        ControlId id, Box box, Icon icon, Rgba color, bool enabled = true, bool selected = false, string tip = "")
    {
        Interaction state = ButtonFrame(id, box, enabled, selected, tip);
        float before = Dim(enabled);
        Icons.Draw(canvas, icon, box.Center, 18, color);
        canvas.Opacity = before;
        return state.Clicked;
    }

    /// <summary>The large round button; true when clicked.</summary>
    public bool Disc(ControlId id, System.Numerics.Vector2 center, float radius, Icon icon, string tip = "")
    {
        Box box = new(center.X - radius, center.Y - radius, 2 * radius, 2 * radius);
        Interaction state = Interact(id, box);
        Tip(id, box, state, tip);
        canvas.Disc(center, state.Held ? radius - 1 : radius, state.Hovered ? Palette.Focus : Palette.Text);
        Icons.Draw(canvas, icon, center, 24, Palette.Ground);
        if (state.Focused) canvas.Ring(center, radius + 4, 2, Palette.Focus);
        return state.Clicked;
    }

    private Interaction ButtonFrame(ControlId id, Box box, bool enabled, bool selected, string tip)
    {
        Interaction state = Interact(id, box, enabled);
        Tip(id, box, state, tip);
        float before = Dim(enabled);
        DrawFrame(box, state, selected);
        canvas.Opacity = before;
        return state;
    }

    private void DrawFrame(Box box, Interaction state, bool selected)
    {
        bool pressed = state.Held || selected;
        canvas.Fill(box, Radius, pressed ? Palette.ControlActive : state.Hovered && IsLive(state) ? Palette.ControlHover : Palette.Control);
        canvas.Stroke(box, Radius, 1, pressed ? Palette.ControlActive : Palette.Rule);
        if (state.Focused) FocusRing(box, Radius);
    }

    private bool IsLive(Interaction state) => canvas.Opacity > Disabled || state.Held;

    private void FocusRing(Box box, float radius) => canvas.Stroke(box.Grow(4), radius + 4, 2, Palette.Focus);

    /// <summary>Fades what follows when it is disabled; returns the opacity to go back to.</summary>
    private float Dim(bool enabled)
    {
        float before = canvas.Opacity;
        if (!enabled) canvas.Opacity *= Disabled;
        return before;
    }
}
