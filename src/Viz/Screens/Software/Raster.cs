namespace DreamViz.Viz.Screens.Software;

/// <summary>The pixels a software screen draws on, opaque RGBA, and the rectangle drawing is restricted to.</summary>
internal sealed class Raster
{
    /// <summary>More than any screen has; coordinates beyond are cut off, so that they fit into integers.</summary>
    private const float Farthest = 1 << 20;

    private short[] weights = [];

    /// <summary>Pixels in a row.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>[Height · Width] red, green, blue, 255 in the order of memory.</summary>
    public uint[] Pixels { get; private set; } = [];

    /// <summary>Where drawing has an effect.</summary>
    public PixelRect Clip { get; set; }

    /// <summary>Changes the size and forgets the picture.</summary>
    public void Resize(int width, int height)
    {
        Width = width;
        Height = height;
        Pixels = new uint[width * height];
        weights = new short[width];
        Clip = Whole;
    }

    /// <summary>Every pixel.</summary>
    public PixelRect Whole => new(0, 0, Width, Height);

    /// <summary>The pixels whose centres may lie within a box, inside the clip; empty for boxes that are not finite.</summary>
    public PixelRect Cover(float left, float top, float right, float bottom)
    {
        if (!float.IsFinite(left + top + right + bottom)) return default;
        PixelRect pixels = Clip.Intersect(new(Floor(left), Floor(top), Ceiling(right), Ceiling(bottom)));
        return pixels.IsEmpty ? default : pixels;
    }

    /// <summary>Part of a row.</summary>
    public Span<uint> Row(int y, int left, int right) => Pixels.AsSpan(y * Width + left, right - left);

    /// <summary>Room for the weights of part of a row, overwritten by the next caller.</summary>
    public Span<short> Weights(int count) => weights.AsSpan(0, count);

    private static int Floor(float value) => (int)MathF.Floor(Math.Clamp(value, -Farthest, Farthest));

    private static int Ceiling(float value) => (int)MathF.Ceiling(Math.Clamp(value, -Farthest, Farthest));
}

/// <summary>A rectangle of whole pixels; right and bottom are the first ones outside.</summary>
internal readonly record struct PixelRect(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Pixels in a row.</summary>
    public int Width => Right - Left;

    /// <summary>Whether no pixel lies inside.</summary>
    public bool IsEmpty => Right <= Left || Bottom <= Top;

    /// <summary>The pixels in both.</summary>
    public PixelRect Intersect(PixelRect other) => new(
        Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));
}
