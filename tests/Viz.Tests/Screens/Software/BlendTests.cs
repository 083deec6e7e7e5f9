using DreamViz.Viz.Screens.Software;

namespace DreamViz.Viz.Tests.Screens.Software;

public sealed class BlendTests
{
    [Fact]
    public void Rows_of_every_length_blend_like_single_pixels()
    {
        var random = new Random(3);
        for (int length = 0; length < 40; length++)
        {
            uint[] under = [.. Enumerable.Range(0, length).Select(_ => (uint)random.NextInt64(1L << 32) | 0xFF000000)];
            uint[] colors = [.. Enumerable.Range(0, length).Select(_ => (uint)random.NextInt64(1L << 32) | 0xFF000000)];
            short[] weights = [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(Blend.One + 1))];
            short opacity = (short)random.Next(Blend.One + 1);
            uint color = 0xFF336699;

            uint[] same = [.. under], each = [.. under], many = [.. under];
            Blend.Span(same, color, opacity);
            Blend.Span(each, color, weights, opacity);
            Blend.Span(many, colors, weights, opacity);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(Blend.Pixel(under[i], color, opacity), same[i]);
                Assert.Equal(Blend.Pixel(under[i], color, Blend.Product(weights[i], opacity)), each[i]);
                Assert.Equal(Blend.Pixel(under[i], colors[i], Blend.Product(weights[i], opacity)), many[i]);
            }
        }
    }

    [Fact]
    public void Every_weight_is_within_half_a_level_of_the_formula()
    {
        for (int weight = 0; weight <= Blend.One; weight += 37)
        {
            for (int from = 0; from < 256; from += 5)
            {
                double expected = from + (200 - from) * (double)weight / Blend.One;
                double actual = Blend.Pixel((uint)from, 200, (short)weight) & 255;
                Assert.InRange(actual - expected, -0.51, 0.51);
            }
        }
    }

    [Fact]
    public void A_whole_weight_replaces_and_none_keeps()
    {
        for (uint level = 0; level < 256; level++)
        {
            Assert.Equal(level, Blend.Pixel(255 - level, level, Blend.One));
            Assert.Equal(level, Blend.Pixel(255 - level, level, Blend.Whole));
            Assert.Equal(level, Blend.Pixel(level, 255 - level, 0));
        }
    }
}
