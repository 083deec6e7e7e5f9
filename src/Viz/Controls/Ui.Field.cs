using System.Globalization;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Controls;

/// <content>Number fields.</content>
public sealed partial class Ui
{
    private const int FieldLength = 16;

    private ControlId editing;
    private string editText = "";

    /// <summary>A number to click and type; true when the user entered another one that is allowed.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where it stands.</param>
    /// <param name="value">The value, changed in place when Enter is hit or the pointer pressed elsewhere.</param>
    /// <param name="minimum">The smallest allowed value.</param>
    /// <param name="maximum">The largest allowed value.</param>
    /// <param name="enabled">Whether it can be used now.</param>
    /// <param name="tip">Explains it.</param>
    public bool NumberField(
        ControlId id, Box box, ref double value, double minimum, double maximum = double.PositiveInfinity, bool enabled = true,
        string tip = "")
    {
        bool wasEditing = editing == id;
        bool entered = wasEditing && (input.Take(Key.Enter) || input.Pressed && !box.Contains(PressPoint.X, PressPoint.Y));
        bool cancelled = wasEditing && input.Take(Key.Escape);
        Interaction state = ButtonFrame(id, box, enabled, selected: false, tip);
        double before = value;
        if (entered && double.TryParse(editText, NumberStyles.Float, CultureInfo.InvariantCulture, out double typed) && double.IsFinite(typed))
            value = Math.Clamp(typed, minimum, maximum);
        if (entered || cancelled) editing = ControlId.None;
        else if (wasEditing) Type();
        else if (state.Clicked) (editing, editText) = (id, Numbers.Short(value));
        DrawField(box, editing == id, value, enabled);
        return value != before;
    }

    private void Type()
    {
        foreach (InputEvent key in input.Keys)
        {
            if (key.Kind == InputKind.Text && editText.Length < FieldLength && "0123456789.-+eE".Contains(key.Character))
                editText += key.Character;
            if (key.Kind == InputKind.KeyDown && key.Key == Key.Backspace && editText.Length > 0) editText = editText[..^1];
            if (key.Kind == InputKind.KeyDown && key.Key == Key.Delete) editText = "";
        }

        input.Keys.Clear();
    }

    private void DrawField(Box box, bool isEdited, double value, bool enabled)
    {
        float before = Dim(enabled);
        if (isEdited) canvas.Stroke(box, Radius, 1, Palette.Focus);
        string text = isEdited ? editText : Numbers.Short(value);
        canvas.Text(text, box.Right - 9, box.Center.Y + 4.4f, new(12, FontWeight.Regular, Palette.Text), TextAlign.Right);
        if (isEdited) canvas.Rule(box.Right - 8, box.Center.Y - 7, 1, 14, Palette.Focus);
        canvas.Opacity = before;
    }
}
