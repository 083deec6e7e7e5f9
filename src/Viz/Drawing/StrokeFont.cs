using System.Diagnostics.CodeAnalysis;

namespace DreamViz.Viz.Drawing;

/// <summary>The monoline font of the program: every glyph is a set of centre lines that a round pen follows.</summary>
public sealed class StrokeFont
{
    /// <summary>Height of capitals, in hundredths of an em.</summary>
    public const float CapHeight = 64;

    /// <summary>Height of small letters.</summary>
    public const float XHeight = 47;

    /// <summary>Top of b, d, h, k, l.</summary>
    public const float Ascender = 68;

    /// <summary>Foot of g, p, q.</summary>
    public const float Descender = -18;

    /// <summary>Drawn for characters that the font lacks: an empty box.</summary>
    public const char Unknown = '\uFFFD';

    private readonly Dictionary<char, StrokeGlyph> glyphs;

    private StrokeFont(Dictionary<char, StrokeGlyph> glyphs) => this.glyphs = glyphs;

    /// <summary>The font that the program carries.</summary>
    public static StrokeFont Embedded { get; } = LoadEmbedded();

    /// <summary>Every character drawn, in the order of the file.</summary>
    public IReadOnlyCollection<char> Characters => glyphs.Keys;

    /// <summary>The glyph of a character, if the font has one.</summary>
    public bool TryGet(char character, [NotNullWhen(true)] out StrokeGlyph? glyph) => glyphs.TryGetValue(character, out glyph);

    /// <summary>Reads a font, one glyph a line as in <see cref="GlyphLine"/>.</summary>
    /// <exception cref="FormatException">A line is malformed, or a character comes twice.</exception>
    public static StrokeFont Parse(TextReader reader)
    {
        var glyphs = new Dictionary<char, StrokeGlyph> { [' '] = new(' ', 30, []) };
        while (reader.ReadLine() is { } line)
        {
            StrokeGlyph glyph = GlyphLine.Parse(line);
            if (!glyphs.TryAdd(glyph.Character, glyph)) throw new FormatException($"Two glyphs for '{glyph.Character}'.");
        }

        if (!glyphs.ContainsKey(Unknown)) throw new FormatException("The font has no glyph for unknown characters.");
        return new(glyphs);
    }

    private static StrokeFont LoadEmbedded()
    {
        using Stream stream = typeof(StrokeFont).Assembly.GetManifestResourceStream("glyphs.txt")!;
        using var reader = new StreamReader(stream);
        return Parse(reader);
    }
}
