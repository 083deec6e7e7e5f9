using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The receptive field of the unit under the pointer as a small picture between its layer and the pixels.</summary>
internal sealed class FieldTile
{
    private const float Side = 60;

    private byte[] picture = [];
    private byte[] padded = [];

    /// <summary>Draws it, full color at the largest weight.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="side">The unit's half of the stage.</param>
    /// <param name="layout">Where things are.</param>
    /// <param name="cell">The unit.</param>
    /// <param name="field">[D] logits.</param>
    /// <param name="caption">Below the picture.</param>
    public void Draw(Canvas canvas, World side, StageLayout layout, Box cell, ReadOnlySpan<float> field, string caption)
    {
        PicturePlace place = layout.PictureOf(side);
        Paint(place, field);
        LayerPlace first = layout.Place(side, 1);
        float x = side == World.Dream
            ? MathF.Max(first.Right + 4, (first.Right + place.Tile.X - Side) / 2)
            : MathF.Min(first.Left - 4 - Side, (first.Left + place.Tile.Right - Side) / 2);
        var box = new Box(x, Math.Clamp(cell.Center.Y - Side / 2, StageMetrics.Top, StageMetrics.Bottom - Side - 36), Side, Side);
        canvas.Fill(box.Grow(4) with { Height = Side + 42 }, 8, Palette.Ground.Fade(0.8f));
        canvas.Image(box, 6, place.PaddedSide, padded, ColorMap.Difference, Sampling.Nearest);
        canvas.Stroke(box, 6, 1, Palette.Focus);
        var style = new TextStyle(11, FontWeight.Regular, Palette.SecondaryText);
        canvas.Text(caption, box.Center.X, box.Bottom + 16, style, TextAlign.Center);
        canvas.Text("+", box.Center.X - 10, box.Bottom + 30, style with { Weight = FontWeight.Semibold, Color = Palette.Plus }, TextAlign.Center);
        canvas.Text("−", box.Center.X + 11, box.Bottom + 30, style with { Weight = FontWeight.Semibold, Color = Palette.Minus }, TextAlign.Center);
    }

    private void Paint(PicturePlace place, ReadOnlySpan<float> field)
    {
        int side = place.PaddedSide;
        if (picture.Length != field.Length) picture = new byte[field.Length];
        if (padded.Length != side * side) padded = new byte[side * side];
        float largest = 1e-6f;
        foreach (float value in field) largest = MathF.Max(largest, MathF.Abs(value));
        for (int i = 0; i < field.Length; i++) picture[i] = (byte)(128 + 127 * field[i] / largest);
        place.Pad(picture, padded, empty: 128);
    }
}
