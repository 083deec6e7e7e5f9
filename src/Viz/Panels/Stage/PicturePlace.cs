using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>Where the pixels of a picture lie in its tile, in design pixels. Small pictures keep one empty cell of margin, so
/// that smoothed strokes close at the edge.</summary>
public sealed class PicturePlace
{
    private const int SmallSide = 16;

    /// <param name="world">The half it stands in.</param>
    /// <param name="tile">The square tile.</param>
    /// <param name="width">Pixels to a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="words">[D] the words that the units stand for, where documents are shown as words; null for pictures.</param>
    public PicturePlace(World world, Box tile, int width, int height, IReadOnlyList<string>? words = null)
    {
        Words = words;
        (World, Tile, Width, Height) = (world, tile, width, height);
        Margin = MarginOf(width, height);
    }

    /// <summary>The half it stands in.</summary>
    public World World { get; }

    /// <summary>[D] the words that the units stand for, where documents are shown as words; null for pictures.</summary>
    public IReadOnlyList<string>? Words { get; }

    /// <summary>The tile.</summary>
    public Box Tile { get; }

    /// <summary>Pixels to a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Empty pixels on each side before smoothing.</summary>
    public int Margin { get; }

    /// <summary>The side of a square of pixels, margin included, that holds the picture.</summary>
    public int PaddedSide => PaddedSideOf(Width, Height);

    /// <summary>From one pixel to the next.</summary>
    public float Pitch => Tile.Width / PaddedSide;

    /// <summary>Empty pixels around a picture of this size before smoothing.</summary>
    public static int MarginOf(int width, int height) => Math.Max(width, height) <= SmallSide ? 1 : 0;

    /// <summary>The side of the square into which a picture of this size is padded.</summary>
    public static int PaddedSideOf(int width, int height) => Math.Max(width, height) + 2 * MarginOf(width, height);

    /// <summary>The middle of one pixel.</summary>
    public Vector2 Center(int pixel)
    {
        Vector2 corner = Tile.Center - new Vector2(Width, Height) * Pitch / 2;
        return corner + new Vector2(pixel % Width + 0.5f, pixel / Width + 0.5f) * Pitch;
    }

    /// <summary>Where a curve to this pixel ends: at the tile's edge, at the pixel's height.</summary>
    public Vector2 Port(int pixel) => new(World == World.Wake ? Tile.Right : Tile.X, Center(pixel).Y);

    /// <summary>Centres a picture in the padded square, [<see cref="PaddedSide"/>²]; overwritten.</summary>
    public void Pad(ReadOnlySpan<byte> picture, Span<byte> padded, byte empty = 0) =>
        Pad(picture, Width, Height, padded, empty);

    /// <summary>Centres a picture of any size in its padded square; overwritten.</summary>
    public static void Pad(ReadOnlySpan<byte> picture, int width, int height, Span<byte> padded, byte empty = 0)
    {
        int side = PaddedSideOf(width, height);
        padded.Fill(empty);
        for (int row = 0; row < height; row++)
            picture.Slice(row * width, width).CopyTo(padded[((row + (side - height) / 2) * side + (side - width) / 2)..]);
    }
}
