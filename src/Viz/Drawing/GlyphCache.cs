using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>The two weights of the font.</summary>
public enum FontWeight : byte
{
    /// <summary>Body text.</summary>
    Regular,

    /// <summary>Titles and values.</summary>
    Semibold,
}

/// <summary>One character hinted for one size and weight: the same centre lines and the same advance on every screen.</summary>
/// <param name="Number">The glyph's number in its cache, as in <see cref="GlyphPlacement"/>.</param>
/// <param name="Character">The character.</param>
/// <param name="Advance">Whole pixels to the next pen position.</param>
/// <param name="StrokeWidth">Stroke width in pixels.</param>
/// <param name="Lines">Centre lines as polylines in pixels relative to pen and baseline, y downwards; a single point is a
/// dot.</param>
public sealed record HintedGlyph(ushort Number, char Character, short Advance, float StrokeWidth, IReadOnlyList<Vector2[]> Lines);

/// <summary>Hints glyphs on first use and numbers them; shared by everything that lays out or draws text. Safe for several
/// threads; a number, once given, keeps its glyph.</summary>
public sealed class GlyphCache
{
    /// <summary>The one cache of the process.</summary>
    public static GlyphCache Shared { get; } = new();

    /// <summary>How many glyphs have numbers so far.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>The glyph of this number.</summary>
    public HintedGlyph this[int number] => throw new NotImplementedException();

    /// <summary>The hinted glyph of a character; one for "unknown" where the font lacks it.</summary>
    /// <param name="character">The character; subscripts ₀ … ₉ are digits, smaller and lower.</param>
    /// <param name="pixels">Font size in physical pixels.</param>
    /// <param name="weight">Stroke weight.</param>
    public HintedGlyph Get(char character, float pixels, FontWeight weight) => throw new NotImplementedException();
}
