using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Drawing;

public sealed class GlyphCacheTests
{
    private readonly GlyphCache cache = new();

    [Theory, InlineData(11), InlineData(13), InlineData(16), InlineData(19.5f), InlineData(28), InlineData(60)]
    public void Stems_and_baseline_stand_on_the_pixel_grid(float pixels)
    {
        foreach (FontWeight weight in Enum.GetValues<FontWeight>())
        {
            HintedGlyph glyph = cache.Get('H', pixels, weight);
            float center = glyph.Lines[0][0].X - MathF.Floor(glyph.Lines[0][0].X);
            Assert.True(center is 0 or 0.5f);
            Assert.All(glyph.Lines.SelectMany(line => line), p => Assert.Equal(center, p.X - MathF.Floor(p.X), 3));
            Assert.All(glyph.Lines.SelectMany(line => line), p => Assert.Equal(center, p.Y - MathF.Floor(p.Y), 3));
        }
    }

    [Theory, InlineData(11), InlineData(12), InlineData(13), InlineData(14), InlineData(20), InlineData(42)]
    public void Digits_are_all_equally_wide(float pixels)
    {
        foreach (FontWeight weight in Enum.GetValues<FontWeight>())
            Assert.Single("0123456789".Select(c => cache.Get(c, pixels, weight).Advance).Distinct());
    }

    [Theory, InlineData(11), InlineData(14), InlineData(28)]
    public void Strokes_are_never_thinner_than_a_pixel_and_semibold_is_thicker(float pixels)
    {
        float regular = cache.Get('a', pixels, FontWeight.Regular).StrokeWidth;
        Assert.True(regular >= 1.05f);
        Assert.True(cache.Get('a', pixels, FontWeight.Semibold).StrokeWidth > regular);
    }

    [Theory, InlineData(13), InlineData(14), InlineData(20)]
    public void A_subscript_is_smaller_and_lower_but_not_below_11_pixels(float pixels)
    {
        HintedGlyph digit = cache.Get('2', pixels, FontWeight.Regular), subscript = cache.Get('₂', pixels, FontWeight.Regular);
        HintedGlyph smallest = cache.Get('2', 11, FontWeight.Regular);
        Assert.True(Height(subscript) < Height(digit));
        Assert.True(Height(subscript) >= Height(smallest) - 0.01f);
        Assert.True(Lowest(subscript) > Lowest(digit));
    }

    [Fact]
    public void A_number_keeps_its_glyph_whichever_thread_asks_first()
    {
        var seen = new HintedGlyph[4][];
        Parallel.For(0, 4, thread => seen[thread] =
            [.. Enumerable.Range(0, 2000).Select(i => cache.Get((char)(' ' + i % 95), 10 + i % 21, (FontWeight)(i % 2)))]);
        for (int thread = 1; thread < 4; thread++) Assert.Equal(seen[0], seen[thread]);
        Assert.Equal(Enumerable.Range(0, cache.Count), Enumerable.Range(0, cache.Count).Select(number => (int)cache[number].Number));
    }

    [Fact]
    public void A_character_that_the_font_lacks_is_drawn_as_a_box() =>
        Assert.Equal(cache.Get(StrokeFont.Unknown, 13, FontWeight.Regular), cache.Get('漢', 13, FontWeight.Regular));

    [Fact]
    public void Every_character_in_every_size_has_a_number()
    {
        int distinct = 0;
        HintedGlyph? last = null;
        for (float pixels = 0; pixels < 400; pixels += 0.25f)
        {
            HintedGlyph glyph = cache.Get('o', pixels, FontWeight.Regular);
            if (!ReferenceEquals(glyph, last)) distinct++;
            last = glyph;
        }

        int characters = StrokeFont.Embedded.Characters.Count + 10;
        Assert.True(distinct * characters * 2 <= ushort.MaxValue, $"{distinct} sizes of {characters} characters.");
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(-5), InlineData(0)]
    public void An_impossible_size_still_gives_a_glyph(float pixels) => Assert.NotEmpty(cache.Get('x', pixels, FontWeight.Regular).Lines);

    [Fact]
    public void A_number_never_given_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => cache[0]);

    [Fact]
    public void Text_seen_before_allocates_nothing()
    {
        var list = new DrawList();
        var canvas = new Canvas(list, cache);
        Write();
        Write();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Write();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Write()
        {
            canvas.Begin(1280, 720);
            canvas.Text("step 12,480 h₁", 24, 100, new(13, FontWeight.Regular, Palette.Text));
        }
    }

    private static float Height(HintedGlyph glyph) => Points(glyph).Max(p => p.Y) - Points(glyph).Min(p => p.Y);

    private static float Lowest(HintedGlyph glyph) => Points(glyph).Max(p => p.Y);

    private static IEnumerable<Vector2> Points(HintedGlyph glyph) => glyph.Lines.SelectMany(line => line);
}
