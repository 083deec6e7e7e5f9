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
    private bool isWholeSelected;

    /// <summary>A number to click and type; true when the user entered another one that is allowed. A click selects the old one: what is
    /// typed replaces it. What is no number is marked, and Enter does not take it.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where it stands.</param>
    /// <param name="value">The value, changed in place when Enter is hit or the pointer pressed elsewhere; the nearest that is allowed.
    /// </param>
    /// <param name="minimum">The smallest allowed value.</param>
    /// <param name="maximum">The largest allowed value.</param>
    /// <param name="enabled">Whether it can be used now.</param>
    /// <param name="tip">Explains it.</param>
    public bool NumberField(
        ControlId id, Box box, ref double value, double minimum, double maximum = double.PositiveInfinity, bool enabled = true,
        string tip = "")
    {
        bool wasEditing = editing == id;
        bool left = wasEditing && input.Pressed && !box.Contains(PressPoint.X, PressPoint.Y);
        bool entered = wasEditing && (input.Take(Key.Enter) || left);
        bool cancelled = wasEditing && input.Take(Key.Escape);
        // What came in the same frame was typed before Enter.
        if (wasEditing) Type();
        Interaction state = ButtonFrame(id, box, enabled, selected: false, tip);
        double before = value;
        if (entered && Typed is { } typed)
        {
            value = Math.Clamp(typed, minimum, maximum);
            editing = ControlId.None;
        }
        else if (left || cancelled) editing = ControlId.None;
        else if (!wasEditing && state.Clicked) (editing, editText, isWholeSelected) = (id, Numbers.Short(value).Replace('−', '-'), true);
        DrawField(box, editing == id, value, enabled);
        return value != before;
    }

    /// <summary>The number in the field that is edited, or null where there is none.</summary>
    private double? Typed =>
        double.TryParse(editText, NumberStyles.Float, CultureInfo.InvariantCulture, out double typed) && double.IsFinite(typed) ? typed : null;

    private void Type()
    {
        foreach (InputEvent key in input.Keys)
        {
            bool adds = key.Kind == InputKind.Text && "0123456789.-+eE".Contains(key.Character);
            bool removes = key.Kind == InputKind.KeyDown && key.Key is Key.Backspace or Key.Delete;
            if (!adds && !removes) continue;
            if (isWholeSelected || key.Key == Key.Delete) editText = "";
            else if (removes && editText.Length > 0) editText = editText[..^1];
            if (adds && editText.Length < FieldLength) editText += key.Character;
            isWholeSelected = false;
        }

        input.Keys.Clear();
    }

    private void DrawField(Box box, bool isEdited, double value, bool enabled)
    {
        float before = Dim(enabled);
        bool isWrong = isEdited && editText.Length > 0 && Typed is null;
        if (isEdited) canvas.Stroke(box, Radius, 1, isWrong ? Palette.Alert : Palette.Focus);
        string text = isEdited ? editText : Numbers.Short(value);
        if (isEdited && isWholeSelected)
        {
            float width = canvas.Measure(text, 12, FontWeight.Regular);
            canvas.Fill(new(box.Right - 11 - width, box.Y + 3, width + 3, box.Height - 6), 2, Palette.Focus.Fade(0.22f));
        }

        canvas.Text(text, box.Right - 9, box.Center.Y + 4.4f, new(12, FontWeight.Regular, isWrong ? Palette.Alert : Palette.Text), TextAlign.Right);
        if (isEdited) canvas.Rule(box.Right - 8, box.Center.Y - 7, 1, 14, Palette.Focus);
        canvas.Opacity = before;
    }
}
