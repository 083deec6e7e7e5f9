using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>What the server says to a page; numbers are little-endian.</summary>
/// <remarks>Colors: code, the 256 entries of each colour map, then the colours of units, each 0xRRGGBBAA. Glyphs: code, the
/// first glyph's number (u16), their count (u16), then for each its stroke width (f32), the count of its lines (byte), and
/// each line's count of points (u16) and points (2 f32). Standing: code, the <see cref="Standing"/>, whether another window
/// asks for control. Frame: code, number (u32), width, height, byte count (u32 each), then the <see cref="FrameDelta"/>
/// against the last frame sent on this connection.</remarks>
internal static class ServerMessage
{
    private const byte ColorsCode = 1, GlyphsCode = 2, StandingCode = 3, FrameCode = 4;

    /// <summary>The colour maps, and the colours of units in the order that the page expects.</summary>
    public static void WriteColors(ByteWriter output)
    {
        output.Write(ColorsCode);
        foreach (ColorMap map in Enum.GetValues<ColorMap>())
            foreach (Rgba color in ColorMaps.Table(map)) output.Write(color.Packed);
        ReadOnlySpan<Rgba> units =
        [
            Palette.OffCell, Palette.OffOutline, Palette.Wake, Palette.WakeDot, Palette.Dream, Palette.DreamDot, Palette.Focus,
            Palette.Ground,
        ];
        foreach (Rgba color in units) output.Write(color.Packed);
    }

    /// <summary>Glyphs <paramref name="first"/> to <paramref name="end"/> − 1.</summary>
    public static void WriteGlyphs(ByteWriter output, GlyphCache glyphs, int first, int end)
    {
        output.Write(GlyphsCode);
        output.Write((ushort)first);
        output.Write((ushort)(end - first));
        for (int number = first; number < end; number++)
        {
            HintedGlyph glyph = glyphs[number];
            output.Write(glyph.StrokeWidth);
            output.Write((byte)glyph.Lines.Count);
            foreach (Vector2[] line in glyph.Lines) WriteLine(output, line);
        }
    }

    /// <summary>What the page may do.</summary>
    public static void WriteStanding(ByteWriter output, Standing standing, bool asked)
    {
        output.Write(StandingCode);
        output.Write((byte)standing);
        output.Write((byte)(asked ? 1 : 0));
    }

    /// <summary>The head of a frame; its difference follows.</summary>
    public static void WriteFrameHead(ByteWriter output, Frame frame)
    {
        output.Write(FrameCode);
        output.Write(frame.Number);
        output.Write(frame.Width);
        output.Write(frame.Height);
        output.Write(frame.Bytes.Length);
    }

    private static void WriteLine(ByteWriter output, Vector2[] line)
    {
        output.Write((ushort)line.Length);
        foreach (Vector2 point in line) output.Write(point);
    }
}
