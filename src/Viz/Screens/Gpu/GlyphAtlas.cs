using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Software;

namespace DreamViz.Viz.Screens.Gpu;

/// <summary>Where one glyph's coverage stands in the atlas, and where it belongs relative to pen and baseline.</summary>
internal readonly record struct GlyphPlace(int AtlasX, int AtlasY, int Width, int Height, int Left, int Top);

/// <summary>One square of bytes with the coverage of every glyph used so far, as the software canvas draws it.</summary>
internal sealed class GlyphAtlas(GlyphCache glyphs)
{
    /// <summary>Texels to a side.</summary>
    public const int Side = 2048;

    private readonly Dictionary<int, GlyphPlace> places = [];
    private readonly SoftwareScreen painter = new(1, 1, glyphs);
    private int shelfX;
    private int shelfY;
    private int shelfHeight;

    /// <summary>[Side · Side] coverage, 0 to 255, row by row.</summary>
    public byte[] Coverage { get; } = new byte[Side * Side];

    /// <summary>Grows whenever <see cref="Coverage"/> changes.</summary>
    public int Version { get; private set; }

    /// <summary>Where the glyph of this number stands, placing it on first use.</summary>
    public GlyphPlace Place(int number)
    {
        if (!places.TryGetValue(number, out GlyphPlace place)) places[number] = place = PlaceNew(glyphs[number]);
        return place;
    }

    private GlyphPlace PlaceNew(HintedGlyph glyph)
    {
        if (glyph.Lines.Count == 0) return default;
        Vector2 low = glyph.Lines[0][0], high = low;
        foreach (Vector2[] line in glyph.Lines)
            foreach (Vector2 point in line) (low, high) = (Vector2.Min(low, point), Vector2.Max(high, point));
        float margin = glyph.StrokeWidth / 2 + 1;
        int left = (int)MathF.Floor(low.X - margin), top = (int)MathF.Floor(low.Y - margin);
        int width = (int)MathF.Ceiling(high.X + margin) - left, height = (int)MathF.Ceiling(high.Y + margin) - top;
        if (width > Side || height > Side) return default;
        (int x, int y) = Reserve(width, height);
        Paint(glyph.Number, left, top, width, height);
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++)
                Coverage[(y + row) * Side + x + column] = painter.Pixels[(row * width + column) * 4];
        Version++;
        return new(x, y, width, height, left, top);
    }

    private void Paint(ushort number, int left, int top, int width, int height)
    {
        painter.Resize(width, height);
        var list = new DrawList();
        list.Glyphs((short)-top, [new(number, (short)-left)], new(255, 255, 255));
        painter.Draw(list);
    }

    /// <summary>Room on a shelf; a full atlas starts again, and glyphs come back as they are used.</summary>
    private (int X, int Y) Reserve(int width, int height)
    {
        if (shelfX + width > Side) (shelfX, shelfY, shelfHeight) = (0, shelfY + shelfHeight, 0);
        if (shelfY + height > Side)
        {
            places.Clear();
            (shelfX, shelfY, shelfHeight) = (0, 0, 0);
        }

        (int x, int y) = (shelfX, shelfY);
        shelfX += width;
        shelfHeight = Math.Max(shelfHeight, height);
        return (x, y);
    }
}
