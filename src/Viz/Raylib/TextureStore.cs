using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Gpu;
using Raylib_cs;

namespace DreamViz.Viz.Window;

/// <summary>Textures of a picture: glyph coverage, colour maps, small pictures (kept while they are drawn), layers of units.</summary>
internal sealed unsafe class TextureStore : IDisposable
{
    private const int FramesKept = 120;
    private const int MapRows = 16;

    private readonly GlyphAtlas atlas;
    private readonly Dictionary<(ulong Hash, int Columns, int Rows), Kept> images = [];
    private readonly List<(uint Id, int Units)> layers = [];
    private uint glyphs;
    private int glyphVersion = -1;
    private long frame;

    public TextureStore(GlyphAtlas atlas)
    {
        this.atlas = atlas;
        ColorMapTexture = LoadMaps();
    }

    /// <summary>The colour maps, 256 texels a row.</summary>
    public uint ColorMapTexture { get; }

    /// <summary>The glyphs placed so far; uploads new ones.</summary>
    public uint GlyphTexture()
    {
        if (glyphVersion == atlas.Version) return glyphs;
        fixed (byte* coverage = atlas.Coverage)
        {
            if (glyphs == 0) glyphs = Load(coverage, GlyphAtlas.Side, GlyphAtlas.Side, PixelFormat.UncompressedGrayscale);
            else Rlgl.UpdateTexture(glyphs, 0, 0, GlyphAtlas.Side, GlyphAtlas.Side, PixelFormat.UncompressedGrayscale, coverage);
        }

        glyphVersion = atlas.Version;
        return glyphs;
    }

    /// <summary>The texture of a small picture, uploaded when its bytes were not seen lately.</summary>
    public uint ImageTexture(GpuImage image, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> values = payload.Slice(image.Offset, image.Columns * image.Rows);
        var key = (ContentHash.Of(values), image.Columns, image.Rows);
        if (!images.TryGetValue(key, out Kept? kept))
        {
            fixed (byte* bytes = values)
                kept = images[key] = new(Load(bytes, image.Columns, image.Rows, PixelFormat.UncompressedGrayscale));
        }

        kept.LastFrame = frame;
        return kept.Id;
    }

    /// <summary>The texture of the i-th layer of units in this frame, with this frame's texels.</summary>
    public uint LayerTexture(int i, GpuCells cells, ReadOnlySpan<byte> payload)
    {
        fixed (byte* texels = payload.Slice(cells.Offset, cells.Units * 4))
        {
            while (layers.Count <= i) layers.Add(default);
            if (layers[i].Units == cells.Units)
            {
                Rlgl.UpdateTexture(layers[i].Id, 0, 0, cells.Units, 1, PixelFormat.UncompressedR8G8B8A8, texels);
            }
            else
            {
                if (layers[i].Id != 0) Rlgl.UnloadTexture(layers[i].Id);
                layers[i] = (Load(texels, cells.Units, 1, PixelFormat.UncompressedR8G8B8A8), cells.Units);
            }
        }

        return layers[i].Id;
    }

    /// <summary>Forgets pictures that were not drawn for a while.</summary>
    public void EndFrame()
    {
        if (++frame % FramesKept != 0) return;
        foreach (var (key, kept) in images.Where(pair => pair.Value.LastFrame < frame - FramesKept).ToArray())
        {
            Rlgl.UnloadTexture(kept.Id);
            images.Remove(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Kept kept in images.Values) Rlgl.UnloadTexture(kept.Id);
        foreach ((uint id, _) in layers) Rlgl.UnloadTexture(id);
        Rlgl.UnloadTexture(glyphs);
        Rlgl.UnloadTexture(ColorMapTexture);
    }

    private static uint LoadMaps()
    {
        byte[] texels = new byte[MapRows * 256 * 4];
        foreach (ColorMap map in Enum.GetValues<ColorMap>())
        {
            ReadOnlySpan<Rgba> table = ColorMaps.Table(map);
            for (int i = 0; i < table.Length; i++)
            {
                int at = ((int)map * 256 + i) * 4;
                (texels[at], texels[at + 1], texels[at + 2], texels[at + 3]) = (table[i].Red, table[i].Green, table[i].Blue, 255);
            }
        }

        fixed (byte* bytes = texels) return Load(bytes, 256, MapRows, PixelFormat.UncompressedR8G8B8A8);
    }

    private static uint Load(byte* texels, int width, int height, PixelFormat format)
    {
        uint id = Rlgl.LoadTexture(texels, width, height, format, 1);
        Rlgl.TextureParameters(id, Rlgl.TEXTURE_MAG_FILTER, Rlgl.TEXTURE_FILTER_NEAREST);
        Rlgl.TextureParameters(id, Rlgl.TEXTURE_MIN_FILTER, Rlgl.TEXTURE_FILTER_NEAREST);
        return id;
    }

    private sealed class Kept(uint id)
    {
        public uint Id { get; } = id;

        public long LastFrame { get; set; }
    }
}
