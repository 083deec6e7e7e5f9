using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The numbered stages of slow motion above the layers: which layer is drawn first, which next, which now.</summary>
public static class StageNumbers
{
    private const float Middle = 106;
    private const float Radius = 9.5f;

    /// <summary>Draws the stages of one half.</summary>
    public static void Draw(Canvas canvas, HalfView half, StageLayout layout)
    {
        if (half.World is not { } world || half.Awake <= 0) return;
        float before = canvas.Opacity;
        canvas.Opacity = before * half.Awake;
        int stages = world.Flow.Stages;
        int now = world.Flow.Running ? world.Flow.Stage : stages - 1;
        for (int stage = 0; stage < stages; stage++)
        {
            float x = Position(world.LayerOfStage(stage));
            if (stage > 0)
            {
                float previous = Position(world.LayerOfStage(stage - 1)), toward = MathF.Sign(x - previous) * (Radius + 4);
                canvas.Line([new(previous + toward, Middle), new(x - toward, Middle)], 1.5f, half.Accent.Fade(0.7f));
            }

            DrawNumber(canvas, new(x, Middle), stage + 1, half.Accent, stage == Math.Min(now, stages - 1), stage > now);
        }

        canvas.Opacity = before;

        float Position(int layer) => layer > 0 ? layout.Place(half.Side, layer).Center
            : half.Side == World.Wake ? layout.WakePicture.Tile.Right - 12
            : layout.DreamPicture.Tile.X + 12;
    }

    /// <summary>Draws one number in its ring: filled while it is the stage under way, faint while it waits.</summary>
    public static void DrawNumber(Canvas canvas, Vector2 center, int number, Rgba color, bool now, bool waiting)
    {
        Rgba ring = waiting ? color.Fade(0.45f) : color;
        if (now) canvas.Disc(center, Radius, color);
        else canvas.Ring(center, Radius, 1.5f, ring);
        Span<char> digits = stackalloc char[4];
        number.TryFormat(digits, out int length);
        canvas.Text(digits[..length], center.X, center.Y + 4, new(11, FontWeight.Semibold, now ? Palette.Ground : ring), TextAlign.Center);
    }
}
