using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Controls;

/// <summary>The values that a slider runs over.</summary>
/// <param name="Minimum">At its left end.</param>
/// <param name="Maximum">At its right end.</param>
/// <param name="Logarithmic">Equal ways for equal factors; needs a positive minimum.</param>
/// <param name="Whole">Whole numbers only.</param>
public readonly record struct SliderScale(double Minimum, double Maximum, bool Logarithmic = false, bool Whole = false)
{
    /// <summary>Where a value stands, 0 to 1.</summary>
    public double Position(double value)
    {
        double t = Logarithmic
            ? Math.Log(Math.Max(value, Minimum) / Minimum) / Math.Log(Maximum / Minimum)
            : (value - Minimum) / (Maximum - Minimum);
        return double.IsNaN(t) ? 0 : Math.Clamp(t, 0, 1);
    }

    /// <summary>The value at a position of 0 to 1.</summary>
    public double Value(double position)
    {
        double t = Math.Clamp(position, 0, 1);
        double value = t >= 1 ? Maximum : Logarithmic ? Minimum * Math.Pow(Maximum / Minimum, t) : Minimum + t * (Maximum - Minimum);
        return Whole ? Math.Round(value) : value;
    }

    /// <summary>The next value in this direction (−1 or +1): 1/40 of the way, and at least one whole number.</summary>
    public double Step(double value, int direction)
    {
        double next = Value(Position(value) + direction / 40.0);
        return Whole && next == Math.Round(value) ? Math.Clamp(next + direction, Minimum, Maximum) : next;
    }
}

/// <content>Sliders.</content>
public sealed partial class Ui
{
    /// <summary>A horizontal slider; true when the user changed the value.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where the pointer reaches it; the track runs along its middle, knob centres from edge to edge.</param>
    /// <param name="value">The value, changed in place.</param>
    /// <param name="scale">The values it runs over.</param>
    /// <param name="enabled">Whether it can be used now.</param>
    /// <param name="tip">Explains it.</param>
    /// <param name="knob">The knob's radius at rest.</param>
    public bool Slider(ControlId id, Box box, ref double value, SliderScale scale, bool enabled = true, string tip = "", float knob = 5)
    {
        Box reach = box with { X = box.X - 8, Width = box.Width + 16 };
        Interaction state = Interact(id, reach, enabled);
        Tip(id, box, state, tip);
        double before = value;
        if (state.Held) value = scale.Value((Pointer.X - box.X) / box.Width);
        if (state.Focused) value = MoveByKeys(value, scale);
        DrawSlider(box, scale.Position(value), state, enabled, knob);
        return value != before;
    }

    private double MoveByKeys(double value, SliderScale scale)
    {
        if (input.Take(Key.Left)) value = scale.Step(value, -1);
        if (input.Take(Key.Right)) value = scale.Step(value, 1);
        if (input.Take(Key.Home)) value = scale.Minimum;
        if (input.Take(Key.End)) value = scale.Maximum;
        return value;
    }

    /// <summary>Draws a track, bright up to the knob.</summary>
    internal static void DrawTrack(Canvas canvas, float left, float right, float knob, float y)
    {
        canvas.Line([new(left, y), new(right, y)], 2.6f, Palette.Track);
        canvas.Line([new(left, y), new(knob, y)], 2.6f, Palette.TrackFill);
    }

    private void DrawSlider(Box box, double position, Interaction state, bool enabled, float knob)
    {
        float before = Dim(enabled);
        float x = box.X + box.Width * (float)position, y = MathF.Floor(box.Center.Y) + 0.5f;
        DrawTrack(canvas, box.X, box.Right, x, y);
        if (state.Held) canvas.Disc(new(x, y), knob + 5, Palette.Focus.Fade(0.18f));
        canvas.Disc(new(x, y), enabled && state.Hovered ? knob + 1 : knob, Palette.Text);
        if (state.Focused) canvas.Ring(new(x, y), knob + 4, 2, Palette.Focus);
        canvas.Opacity = before;
    }
}
