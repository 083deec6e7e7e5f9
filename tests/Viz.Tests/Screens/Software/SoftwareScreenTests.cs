using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Software;
using DreamViz.Viz.Tests.Drawing;

namespace DreamViz.Viz.Tests.Screens.Software;

public sealed class SoftwareScreenTests
{
    private const int Side = 80;
    private static readonly Rgba White = new(255, 255, 255);

    private readonly SoftwareScreen screen = new(Side, Side);

    [Theory, InlineData(40, 40, 20), InlineData(40.3f, 39.6f, 12.7f), InlineData(5, 70, 30)]
    public void A_disc_covers_each_pixel_by_its_signed_distance(float x, float y, float radius)
    {
        screen.Fill(new(x - radius, y - radius, 2 * radius, 2 * radius), radius, White);
        AssertCoverage((px, py) => 0.5f - (Vector2.Distance(new(px, py), new(x, y)) - radius));
    }

    [Fact]
    public void A_box_on_whole_pixels_has_sharp_edges()
    {
        screen.Fill(new(10, 20, 30, 5), 0, White);
        AssertCoverage((x, y) => x is > 10 and < 40 && y is > 20 and < 25 ? 1 : 0);
    }

    [Theory, InlineData(2.5f, 1), InlineData(1, 1), InlineData(0.25f, 0.25f)]
    public void A_ring_is_a_band_inside_the_edge_and_thin_ones_are_faint(float width, float fade)
    {
        screen.Stroke(new(10, 10, 50, 50), 25, width, White);
        float band = MathF.Max(1, width);
        AssertCoverage((x, y) =>
        {
            float d = Vector2.Distance(new(x, y), new(35, 35)) - 25;
            return Math.Clamp(MathF.Min(0.5f - d, d + band + 0.5f), 0, 1) * fade;
        });
    }

    [Theory, InlineData(1, 1), InlineData(6.5f, 1), InlineData(0.5f, 0.5f)]
    public void A_line_is_everything_near_its_points(float width, float fade)
    {
        Vector2[] points = [new(10, 60), new(30.5f, 15), new(62, 50), new(62, 70)];
        screen.Line(points, width, 0, White);
        AssertCoverage((x, y) =>
        {
            float d = float.MaxValue;
            for (int i = 1; i < points.Length; i++) d = MathF.Min(d, Segment.SquaredDistance(new(x, y), points[i - 1], points[i]));
            return Math.Clamp((MathF.Max(1, width) + 1) / 2 - MathF.Sqrt(d), 0, 1) * fade;
        });
    }

    [Fact]
    public void Dashes_begin_drawn_and_go_on_around_corners()
    {
        screen.Line([new(10, 40), new(25, 40), new(25, 60)], 2, 10, White);
        Assert.Equal(255, Red(15, 40));
        Assert.Equal(0, Red(23, 40));
        Assert.Equal(0, Red(25, 43));
        Assert.Equal(255, Red(25, 50));
    }

    [Fact]
    public void A_light_falls_off_with_the_square()
    {
        screen.Glow(new(33.5f, 41.25f), 30, White.Fade(0.8f));
        AssertCoverage((x, y) => 0.8f * MathF.Pow(MathF.Max(0, 1 - Vector2.Distance(new(x, y), new(33.5f, 41.25f)) / 30), 2));
    }

    [Fact]
    public void A_polygon_may_be_hollow()
    {
        screen.Polygon([new(10, 10), new(70, 10), new(40, 40), new(70, 70), new(10, 70)], White);
        Assert.Equal(255, Red(20, 40));
        Assert.Equal(0, Red(60, 40));
        Assert.Equal(255, Red(60, 15));
        Assert.Equal(0, Red(5, 40));
    }

    [Fact]
    public void A_gradient_has_its_colors_at_pixel_centers()
    {
        screen.Gradient(new(10, 0, 50, 40), new(0, 0, 0), White, false);
        screen.Gradient(new(10, 40, 50, 40), new(0, 0, 0), White, true);
        for (int i = 0; i < 40; i++)
        {
            Assert.InRange(Red(10 + i, 10) - 255 * (i + 0.5f) / 50, -1, 1);
            Assert.InRange(Red(30, 40 + i) - 255 * (i + 0.5f) / 40, -1, 1);
        }
    }

    [Fact]
    public void A_smooth_image_passes_through_its_values_and_follows_straight_ramps()
    {
        byte[] ramp = [40, 60, 80, 100, 120, 140, 160, 180];
        screen.Image(new(0, 0, 72, 72), 0, 8, [.. ramp, .. ramp], ColorMap.Dream, Sampling.Smooth, 1);
        for (int x = 15; x < 57; x++)
        {
            Rgba expected = ColorMaps.Table(ColorMap.Dream)[(int)MathF.Floor(40 + ((x + 0.5f) / 9 - 0.5f) * 20 + 0.5f)];
            AssertNear(expected, x, 30);
        }
    }

    [Fact]
    public void A_sharp_image_gives_every_value_its_rectangle()
    {
        screen.Image(new(8, 8, 60, 40), 0, 3, [0, 50, 100, 150, 200, 250], ColorMap.Wake, Sampling.Nearest, 1);
        for (int i = 0; i < 6; i++) AssertNear(ColorMaps.Table(ColorMap.Wake)[i * 50], 8 + i % 3 * 20 + 10, 8 + i / 3 * 20 + 10);
    }

    [Fact]
    public void Nothing_is_drawn_outside_the_clip_and_everything_inside()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var whole = new SoftwareScreen(Side, Side);
            var clipped = new SoftwareScreen(Side, Side);
            clipped.PushClip(new(20, 25, 31, 37));
            DrawWithoutClips(whole, seed);
            DrawWithoutClips(clipped, seed);
            for (int y = 0; y < Side; y++)
            {
                for (int x = 0; x < Side; x++)
                {
                    bool inside = x is >= 20 and < 51 && y is >= 25 and < 62;
                    Assert.Equal(inside ? Pixel(whole, x, y) : 0xFF000000u, Pixel(clipped, x, y));
                }
            }
        }
    }

    [Fact]
    public void Moving_everything_by_whole_pixels_moves_the_picture()
    {
        var moved = new SoftwareScreen(Side, Side);
        screen.Fill(new(10.3f, 10.7f, 20, 30), 5, White.Fade(0.7f));
        moved.Fill(new(27.3f, 21.7f, 20, 30), 5, White.Fade(0.7f));
        for (int y = 0; y < 60; y++)
        {
            for (int x = 0; x < 60; x++) Assert.InRange(Red(x, y) - (int)(Pixel(moved, x + 17, y + 11) & 255), -1, 1);
        }
    }

    [Fact]
    public void Half_an_opacity_is_half_the_change()
    {
        screen.Fill(new(0, 0, Side, Side), 0, new(100, 40, 200));
        screen.Fill(new(10, 10, 20, 20), 0, new Rgba(200, 240, 0, 128));
        AssertNear(new(150, 140, 100), 20, 20);
    }

    [Fact]
    public void Anything_may_be_drawn_anywhere_without_harm()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var list = new DrawList();
            new RandomDrawing(seed).Draw(list, 60, odd: true);
            screen.Draw(list);
        }

        for (int i = 3; i < screen.Pixels.Length; i += 4) Assert.Equal(255, screen.Pixels[i]);
    }

    [Fact]
    public void Shapes_beyond_every_edge_leave_no_trace()
    {
        foreach (Vector2 far in new Vector2[] { new(-500, 0), new(500, 0), new(0, -500), new(0, 500), new(1e7f, 1e7f) })
        {
            screen.Fill(new(far.X, far.Y, 80, 80), 9, White);
            screen.Glow(far + new Vector2(40), 60, White);
            screen.Polygon([far, far + new Vector2(80, 0), far + new Vector2(0, 80)], White);
            screen.Line([far, far + new Vector2(80, 80)], 4, 0, White);
            screen.Cells(new(far.X, far.Y, 22, 20, 3, false, CellShape.Round, 1, 1), new byte[9], [.. Enumerable.Repeat((byte)255, 9)], new CellMark[9]);
        }

        AssertCoverage((_, _) => 0);
    }

    [Fact]
    public void A_frame_drawn_again_allocates_nothing_and_is_the_same()
    {
        var list = new DrawList();
        list.Fill(new(0, 0, Side, Side), 0, Palette.Ground);
        new RandomDrawing(5).Draw(list, 200, odd: false);
        for (int i = 0; i < 3; i++) screen.Draw(list);
        byte[] first = screen.Pixels.ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) screen.Draw(list);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(screen.Pixels.SequenceEqual(first));
    }

    private static void DrawWithoutClips(SoftwareScreen screen, int seed)
    {
        var list = new DrawList();
        new RandomDrawing(seed).Draw(new WithoutClips(list), 12, odd: false);
        list.Replay(screen);
    }

    private void AssertCoverage(Func<float, float, float> coverage)
    {
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                float expected = 255 * Math.Clamp(coverage(x + 0.5f, y + 0.5f), 0, 1);
                Assert.True(MathF.Abs(Red(x, y) - expected) <= 1.01f, $"({x}, {y}): {Red(x, y)} for {expected}.");
            }
        }
    }

    private void AssertNear(Rgba expected, int x, int y)
    {
        uint pixel = Pixel(screen, x, y);
        Assert.InRange((int)(pixel & 255) - expected.Red, -3, 3);
        Assert.InRange((int)(pixel >> 8 & 255) - expected.Green, -3, 3);
        Assert.InRange((int)(pixel >> 16 & 255) - expected.Blue, -3, 3);
    }

    private int Red(int x, int y) => (int)(Pixel(screen, x, y) & 255);

    private static uint Pixel(SoftwareScreen screen, int x, int y) =>
        BitConverter.ToUInt32(screen.Pixels.Slice((y * screen.Width + x) * 4, 4));
}
