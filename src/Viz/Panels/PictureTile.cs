using DreamViz.Engine.Data;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>Draws small pictures of bits or probabilities into square tiles.</summary>
internal sealed class PictureTile
{
    private const float SmallestCell = 6;
    private const float WordSize = 11;
    private const float SmallWordSize = 9;
    private const float LeastForWords = 40;

    // So few pixels tell nothing once they run into each other.
    private const int SmallestSmooth = 8;

    private readonly WordList words = new();
    private byte[] picture = [];
    private byte[] padded = [];
    private float[] brightness = [];

    /// <summary>Whether examples are pictures whose pixels are words.</summary>
    public static bool ShowsWords(Dataset data) => data.Vocabulary is not null && !WordList.Suits(data);

    /// <summary>Draws probabilities through a color map, those of words as <see cref="WordBrightness"/>.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="box">The tile, square.</param>
    /// <param name="radius">Of its corners.</param>
    /// <param name="probabilities">[width · height] row by row, 0 to 1.</param>
    /// <param name="data">Whose examples look so: pictures, or words.</param>
    /// <param name="map">The colors.</param>
    /// <param name="style">Smoothed, or a cell a pixel.</param>
    public void Draw(
        Canvas canvas, Box box, float radius, ReadOnlySpan<float> probabilities, Dataset data, ColorMap map, ImageStyle style)
    {
        if (WordList.Suits(data))
        {
            canvas.Fill(box, radius, map == ColorMap.Wake ? Palette.DayTile : Palette.NightTile);
            words.Draw(canvas, box, data.Vocabulary!, probabilities, map == ColorMap.Wake ? Palette.Wake : Palette.Dream, box.Height < LeastForWords ? SmallWordSize : WordSize);
            return;
        }

        Reserve(probabilities.Length);
        if (ShowsWords(data))
        {
            WordBrightness.Compute(probabilities, brightness);
            probabilities = brightness.AsSpan(0, probabilities.Length);
        }

        for (int i = 0; i < probabilities.Length; i++)
            picture[i] = (byte)MathF.Round(Math.Clamp(probabilities[i], 0, 1) * 255);
        DrawBytes(canvas, box, radius, probabilities.Length, data.Width, map, style);
    }

    /// <summary>Smoothed where that is wanted and there are pixels enough.</summary>
    public static Sampling SamplingOf(ImageStyle style, int width, int height) =>
        style == ImageStyle.Smooth && Math.Max(width, height) >= SmallestSmooth ? Sampling.Smooth : Sampling.Nearest;

    /// <summary>Draws bits as the cells of the wake world; where they are too small for gaps, only those that are on.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="box">The tile, square.</param>
    /// <param name="bits">[width · height] row by row, 0 or 1.</param>
    /// <param name="width">Pixels to a row.</param>
    /// <param name="margin">From the tile's edge to the picture.</param>
    public static void DrawBits(Canvas canvas, Box box, ReadOnlySpan<byte> bits, int width, float margin = 8)
    {
        int height = bits.Length / width;
        float pitch = (box.Width - 2 * margin) / Math.Max(width, height);
        bool small = pitch < SmallestCell;
        float gap = small ? 0 : pitch * 0.2f;
        float left = box.Center.X - (pitch * width - gap) / 2, top = box.Center.Y - (pitch * height - gap) / 2;
        canvas.Fill(box, 8, Palette.DayTile);
        for (int i = 0; i < bits.Length; i++)
        {
            if (small && bits[i] == 0) continue;
            Box cell = new(left + i % width * pitch, top + i / width * pitch, pitch - gap, pitch - gap);
            canvas.Fill(cell, small ? 0 : 2.5f, bits[i] != 0 ? Palette.Wake.Fade(0.8f) : Palette.Text.Fade(0.05f));
        }
    }

    private void DrawBytes(Canvas canvas, Box box, float radius, int length, int width, ColorMap map, ImageStyle style)
    {
        int height = length / width, side = PicturePlace.PaddedSideOf(width, height);
        if (padded.Length < side * side) padded = new byte[side * side];
        Span<byte> square = padded.AsSpan(0, side * side);
        PicturePlace.Pad(picture.AsSpan(0, length), width, height, square);
        canvas.Image(box, radius, side, square, map, SamplingOf(style, width, height));
    }

    private void Reserve(int length)
    {
        if (picture.Length < length) (picture, brightness) = (new byte[length], new float[length]);
    }
}
