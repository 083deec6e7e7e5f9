using System.Collections.Concurrent;
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
/// threads; a number, once given, keeps its glyph. Allocates nothing for glyphs seen before.</summary>
/// <remarks>Sizes are rounded so finely that nobody sees it, and so coarsely that every character in every size and weight
/// fits into the 65,536 numbers: to half a pixel up to 20, one up to 40, two up to 100, four up to 256 px; 4 px at
/// least.</remarks>
public sealed class GlyphCache
{
    private const float SubscriptSize = 0.76f;
    private const float SubscriptDrop = 0.2f;
    private const float SmallestSubscript = 11;

    private readonly StrokeFont font = StrokeFont.Embedded;
    private readonly ConcurrentDictionary<int, HintedGlyph> known = new();
    private readonly Lock adding = new();
    private HintedGlyph[] numbered = new HintedGlyph[512];
    private int count;

    /// <summary>The one cache of the process.</summary>
    public static GlyphCache Shared { get; } = new();

    /// <summary>How many glyphs have numbers so far.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The glyph of this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No glyph has this number yet.</exception>
    public HintedGlyph this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Count, nameof(number));
            return Volatile.Read(ref numbered)[number];
        }
    }

    /// <summary>The hinted glyph of a character; one for "unknown" where the font lacks it.</summary>
    /// <param name="character">The character; subscripts ₀ … ₉ are digits, smaller (but 11 px where the text is) and
    /// lower.</param>
    /// <param name="pixels">Font size in physical pixels.</param>
    /// <param name="weight">Stroke weight.</param>
    public HintedGlyph Get(char character, float pixels, FontWeight weight)
    {
        int halves = HalfPixels(pixels);
        return known.TryGetValue(Key(character, halves, weight), out HintedGlyph? glyph) ? glyph : Add(character, halves, weight);
    }

    /// <summary>Whether the font draws this character.</summary>
    public bool Has(char character) => IsSubscript(character) || font.TryGet(character, out _);

    private HintedGlyph Add(char character, int halves, FontWeight weight)
    {
        if (!Has(character) && character != StrokeFont.Unknown) return Get(StrokeFont.Unknown, halves / 2f, weight);
        lock (adding)
        {
            int key = Key(character, halves, weight);
            if (known.TryGetValue(key, out HintedGlyph? glyph)) return glyph;
            glyph = Hint(character, (ushort)count, halves / 2f, weight);
            if (count == numbered.Length) Volatile.Write(ref numbered, Grown(numbered));
            numbered[count] = glyph;
            Volatile.Write(ref count, count + 1);
            known[key] = glyph;
            return glyph;
        }
    }

    private HintedGlyph Hint(char character, ushort number, float pixels, FontWeight weight)
    {
        char drawn = IsSubscript(character) ? (char)(character - '₀' + '0') : character;
        font.TryGet(drawn, out StrokeGlyph? glyph);
        if (drawn == character) return GlyphHinter.Hint(glyph!, number, pixels, weight);
        float size = MathF.Min(pixels, MathF.Max(SmallestSubscript, SubscriptSize * pixels));
        return Lower(GlyphHinter.Hint(glyph!, number, size, weight), character, MathF.Round(SubscriptDrop * pixels));
    }

    private static HintedGlyph Lower(HintedGlyph glyph, char character, float drop) => glyph with
    {
        Character = character,
        Lines = [.. glyph.Lines.Select(line => Array.ConvertAll(line, point => point + new Vector2(0, drop)))],
    };

    private static HintedGlyph[] Grown(HintedGlyph[] glyphs)
    {
        var grown = new HintedGlyph[glyphs.Length * 2];
        glyphs.CopyTo(grown, 0);
        return grown;
    }

    private static bool IsSubscript(char character) => character is >= '₀' and <= '₉';

    private static int Key(char character, int halves, FontWeight weight) => character << 11 | halves << 1 | (int)weight;

    private static int HalfPixels(float pixels)
    {
        pixels = float.IsNaN(pixels) ? 4 : Math.Clamp(pixels, 4, 256);
        float step = pixels switch { <= 20 => 0.5f, <= 40 => 1, <= 100 => 2, _ => 4 };
        return (int)(MathF.Round(pixels / step) * step * 2);
    }
}
