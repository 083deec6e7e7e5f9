using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The ground of a half: the warm day, or the night with the soft light that the dream's picture gives.</summary>
public static class GroundDrawing
{
    private const float LightRadius = 252;

    /// <summary>Draws the ground of one half of the stage.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="half">The half.</param>
    /// <param name="picture">Its picture, from which light falls.</param>
    /// <param name="band">The height that the ground covers.</param>
    public static void Draw(Canvas canvas, HalfView half, PicturePlace picture, Box band)
    {
        Box box = StageMetrics.Half(half.Side) with { Y = band.Y, Height = band.Height };
        canvas.Fill(box, 0, Rgba.Mix(Palette.Ground, half.Ground, half.Awake));
        if (half.Awake <= 0) return;
        canvas.PushClip(box);
        float light = half.IsDream ? 0.36f : 0.1f;
        canvas.Glow(picture.Tile.Center, LightRadius, half.Accent.Fade(light * half.Awake * half.Dimming * half.Dimming));
        canvas.PopClip();
    }
}
