using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The large picture of a half: data as cells, a dream smooth, in slow motion first as dots whose area is the
/// probability, which then melt.</summary>
public sealed class PictureDrawing
{
    private const float TileRadius = 8;
    private const float DataInk = 0.8f;
    private const float LeastInk = 0.02f;
    private const float DimmedInk = 0.78f;
    private const int LargestTiny = 5;
    private const float WordSize = 12;

    private readonly WordList words = new();
    private byte[] padded = [];

    /// <summary>Whether a picture is too small to be smoothed.</summary>
    public static bool IsTiny(PicturePlace place) => Math.Max(place.Width, place.Height) <= LargestTiny;

    /// <summary>Draws the picture of one half.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="half">The half.</param>
    /// <param name="place">Where its picture stands.</param>
    /// <param name="style">Smooth, or as cells.</param>
    /// <param name="time">Simulated time in seconds.</param>
    public void Draw(Canvas canvas, HalfView half, PicturePlace place, ImageStyle style, double time)
    {
        canvas.Fill(place.Tile, TileRadius, half.TileGround);
        float before = canvas.Opacity;
        canvas.Opacity = before * half.Light;
        if (half.World is { Step: < 0 }) DrawWaiting(canvas, half, place, time);
        else if (place.Words is { } vocabulary) DrawWords(canvas, half, place, vocabulary);
        else if (half.IsDream) DrawDream(canvas, half, place, style);
        else DrawData(canvas, half.Layers[0], place);
        canvas.Opacity = before;
    }

    /// <summary>Before the first sample the frame stands already, and one dim dot breathes at 0.5 Hz.</summary>
    private static void DrawWaiting(Canvas canvas, HalfView half, PicturePlace place, double time)
    {
        float breath = 0.5f + 0.5f * (float)Math.Sin(Math.PI * time);
        canvas.Stroke(place.Tile, TileRadius, 1, half.Accent.Fade(0.25f));
        canvas.Disc(place.Tile.Center, 5, half.Accent.Fade(0.25f + 0.35f * breath));
    }

    private void DrawDream(Canvas canvas, HalfView half, PicturePlace place, ImageStyle style)
    {
        float melt = 1, growth = 1;
        if (half.World is { Flow.Arrives: true } world)
        {
            int stage = world.StageOfLayer(0);
            if (world.Flow.Stage >= stage) (melt, growth) = (world.Flow.Melt, world.Flow.Progress(stage));
        }

        float before = canvas.Opacity;
        canvas.Opacity = before * melt * half.LayerLight(0);
        if (melt > 0 && IsTiny(place)) DrawTiny(canvas, half.Layers[0].Fill, place);
        else if (melt > 0) DrawSmooth(canvas, half, place, style);
        canvas.Opacity = before * (1 - melt);
        if (melt < 1) DrawDots(canvas, half.Layers[0].Target, place, growth);
        canvas.Opacity = before;
    }

    private void DrawWords(Canvas canvas, HalfView half, PicturePlace place, IReadOnlyList<string> vocabulary)
    {
        float before = canvas.Opacity;
        canvas.Opacity = before * half.LayerLight(0) * half.Dimming;
        words.Draw(canvas, place.Tile, vocabulary, half.Layers[0].Target, half.Accent, WordSize);
        canvas.Opacity = before;
    }

    private void DrawSmooth(Canvas canvas, HalfView half, PicturePlace place, ImageStyle style)
    {
        int side = place.PaddedSide;
        if (padded.Length != side * side) padded = new byte[side * side];
        place.Pad(half.Layers[0].Fill, padded);
        float ink = (half.Dimming < 1 ? DimmedInk : 1) * (DimmedInk + (1 - DimmedInk) * half.Awake);
        if (ink < 1)
            for (int i = 0; i < padded.Length; i++)
                padded[i] = (byte)(padded[i] * ink);
        canvas.Image(place.Tile, TileRadius, side, padded, ColorMap.Dream, style == ImageStyle.Smooth ? Sampling.Smooth : Sampling.Nearest);
    }

    /// <summary>So few pixels say more as cells than smoothed.</summary>
    private static void DrawTiny(Canvas canvas, ReadOnlySpan<byte> ink, PicturePlace place)
    {
        float cell = place.Pitch * 0.885f;
        for (int i = 0; i < ink.Length; i++)
        {
            Vector2 center = place.Center(i);
            var box = new Box(center.X - cell / 2, center.Y - cell / 2, cell, cell);
            canvas.Fill(box, cell * 0.36f, Rgba.Mix(Palette.OffCell.Fade(0.6f), ColorMaps.Table(ColorMap.Dream)[80 + ink[i] * 145 / 255], ink[i] / 255f));
        }
    }

    private static void DrawDots(Canvas canvas, ReadOnlySpan<float> ink, PicturePlace place, float growth)
    {
        float most = place.Pitch * 0.465f;
        for (int i = 0; i < ink.Length; i++)
            if (ink[i] * growth > 0.6f)
                canvas.Glow(place.Center(i), most * 3, Palette.Dream.Fade(0.22f * ink[i] * growth));
        for (int i = 0; i < ink.Length; i++)
        {
            float area = ink[i] * growth;
            if (area < LeastInk)
            {
                if (place.Pitch > 12) canvas.Disc(place.Center(i), 1, Palette.OffOutline.Fade(0.6f));
                continue;
            }

            canvas.Disc(place.Center(i), MathF.Sqrt(area) * most, ColorMaps.Table(ColorMap.Dream)[140 + (int)(85 * area)]);
        }
    }

    /// <summary>A picture changes at once: halfway between two it would be one that is not in the data.</summary>
    private static void DrawData(Canvas canvas, UnitDisplay pixels, PicturePlace place)
    {
        ReadOnlySpan<float> ink = pixels.Target;
        float pitch = place.Pitch, cell = pitch > 12 ? pitch * 0.885f : pitch - 1;
        float radius = MathF.Min(cell / 6, 4);
        for (int i = 0; i < ink.Length; i++)
        {
            if (ink[i] == 0 && pitch < 12) continue;
            Vector2 center = place.Center(i);
            var box = new Box(center.X - cell / 2, center.Y - cell / 2, cell, cell);
            canvas.Fill(box, radius, Rgba.Mix(Palette.EmptyPixel, Rgba.Mix(Palette.DayTile, Palette.Wake, DataInk), ink[i]));
        }
    }
}
