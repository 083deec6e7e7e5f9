using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Drawing;

public sealed partial class StrokeFontTests
{
    [Fact]
    public void Draws_every_character_that_the_program_writes()
    {
        var missing = new SortedSet<char>();
        foreach (string file in Directory.EnumerateFiles(SourceFolder(), "*.*", SearchOption.AllDirectories).Where(IsSource))
        {
            foreach (string line in File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
                missing.UnionWith(Literal().Matches(line).SelectMany(m => m.Value).Where(c => !GlyphCache.Shared.Has(c)));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Draws_ascii_and_greek()
    {
        IEnumerable<char> wanted = Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)
            .Concat("αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ₀₁₂₃₄₅₆₇₈₉←↑→↓−×·–—…");
        Assert.All(wanted, c => Assert.True(GlyphCache.Shared.Has(c), $"No glyph for '{c}'."));
    }

    [Fact]
    public void Keeps_letters_between_descender_and_ascender()
    {
        foreach (char c in StrokeFont.Embedded.Characters.Where(char.IsAsciiLetterOrDigit))
        {
            Assert.True(StrokeFont.Embedded.TryGet(c, out StrokeGlyph? glyph));
            Assert.All(glyph.Lines.SelectMany(line => line), p => Assert.InRange(p.Y, StrokeFont.Descender - 0.5f, StrokeFont.Ascender + 0.5f));
            Assert.All(glyph.Lines.SelectMany(line => line), p => Assert.InRange(p.X, 0, glyph.Advance));
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a x M 0 0")]
    [InlineData("a 50 L 0 0")]
    [InlineData("a 50 M 0")]
    [InlineData("a 50 Z 0 0")]
    [InlineData("ab 50 M 0 0")]
    public void Refuses_a_malformed_glyph(string line) => Assert.Throws<FormatException>(() => StrokeFont.Parse(new StringReader(line)));

    private static bool IsSource(string file) =>
        file.EndsWith(".cs", StringComparison.Ordinal)
        && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static string SourceFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "src", "Viz"));

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Literal();
}
