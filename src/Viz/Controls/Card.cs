using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Controls;

/// <summary>The ground of what floats above the picture: menus, tooltips, notices, help.</summary>
internal static class Card
{
    public static void Draw(Canvas canvas, Box box, float radius = 8)
    {
        canvas.Fill(box.Grow(3) with { Y = box.Y }, radius + 3, Palette.Ground.Fade(0.5f));
        canvas.Fill(box, radius, Palette.Control);
        canvas.Stroke(box, radius, 1, Palette.ControlActive);
    }
}
