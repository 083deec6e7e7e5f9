using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Software;
using DreamViz.Viz.Simulation;
using DreamViz.Viz.Tests.Screens.Browser;

namespace DreamViz.Viz.Tests.EndToEnd;

/// <summary>
/// The page's canvas held against the software screen's picture of the same draw list. Text, images and the bodies of units
/// are computed alike and may differ by rounding alone; boxes, lines and polygons are filled by the browser, whose coverage
/// of edge pixels is the exact area instead of a distance.
/// </summary>
[Collection(BrowserTests.Name)]
public class PictureTests(Browser browser)
{
    private const int Width = 320, Height = 240;

    private static readonly Dictionary<string, (Action<DrawList> Draw, Tolerance Tolerance)> Pictures = new()
    {
        ["fills"] = (Fills, Tolerance.Edges),
        ["strokes"] = (Strokes, Tolerance.Edges),
        ["lines"] = (Lines, Tolerance.Edges),
        ["dashes"] = (Dashes, Tolerance.Edges),
        ["curves"] = (Curves, Tolerance.Edges),
        ["polygons"] = (Polygons, Tolerance.Edges),
        ["glows"] = (Glows, Tolerance.Lights),
        ["gradients"] = (Gradients, Tolerance.Rounding),
        ["text"] = (Text, Tolerance.Rounding),
        ["sharp images"] = (list => Images(list, Sampling.Nearest), Tolerance.Rounding),
        ["smooth images"] = (list => Images(list, Sampling.Smooth), Tolerance.Rounding),
        ["square cells"] = (list => Cells(list, CellShape.Square, 1), Tolerance.Lights),
        ["round cells"] = (list => Cells(list, CellShape.Round, 1), Tolerance.Lights),
        ["faint cells"] = (list => Cells(list, CellShape.Round, 0.38f), Tolerance.Lights),
        ["marks"] = (Marks, Tolerance.Edges),
        ["clips"] = (Clips, Tolerance.Edges),
    };

    /// <summary>How much two pictures may differ, in levels of 255.</summary>
    /// <param name="Mean">The mean absolute difference of a channel.</param>
    /// <param name="Level">What counts as off.</param>
    /// <param name="Share">The share of pixels that may be off.</param>
    private readonly record struct Tolerance(double Mean, int Level, double Share)
    {
        public static Tolerance Rounding => new(0.3, 3, 0.001);

        /// <summary>For lights, whose sprites the browser scales and fades in 8 bits, a level too dark each time.</summary>
        public static Tolerance Lights => new(1.5, 12, 0.001);

        public static Tolerance Screen => new(0.75, 24, 0.002);

        public static Tolerance Edges => new(0.75, 40, 0.002);
    }

    [SkippableFact]
    public async Task Every_operation_looks_as_in_software()
    {
        using Chromium chromium = browser.Open(Width, Height);
        string drawn = "clips";
        var explorer = new FakeExplorer { Scene = (list, _, _, _) => Draw(list, Volatile.Read(ref drawn)) };
        await using RunningScreen screen = await RunningScreen.StartAsync(explorer);
        chromium.Open(screen.Host.Address);
        chromium.WaitUntil("document.getElementById('picture').dataset.frame >= 1");
        List<string> wrong = [];
        foreach (string name in Pictures.Keys)
        {
            foreach (string next in (string[])["", name, "", name])
            {
                long before = chromium.Frame();
                Volatile.Write(ref drawn, next);
                chromium.WaitUntil($"document.getElementById('picture').dataset.frame > {before}");
            }

            string? difference = Compare(chromium, name);
            if (difference is not null) wrong.Add(difference);
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [SkippableTheory]
    [InlineData(1280, 720)]
    [InlineData(1920, 1080)]
    public async Task The_whole_screen_looks_as_in_software(int width, int height)
    {
        using Chromium chromium = browser.Open(width, height);
        using var real = new Explorer(new() { Preset = PresetCatalog.Default, CaptureFrameRate = 60, StepsPerFrame = 20 });
        var list = new DrawList();
        for (int i = 0; i < 60; i++) real.Frame(list, width, height, 1 / 60.0);
        var software = new SoftwareScreen(width, height);
        software.Draw(list);
        var explorer = new FakeExplorer { Scene = (copy, _, _, _) => { copy.Clear(); list.Replay(copy); } };
        await using RunningScreen screen = await RunningScreen.StartAsync(explorer);
        chromium.Open(screen.Host.Address);
        chromium.WaitUntil("document.getElementById('picture').dataset.frame >= 1");
        chromium.WaitUntil($"document.getElementById('picture').width === {width}");
        Assert.Null(Compare(chromium, software, $"screen {width}", Tolerance.Screen));
    }

    private static void Draw(DrawList list, string name)
    {
        list.Clear();
        list.Fill(new(0, 0, Width, Height), 0, Palette.Ground);
        if (Pictures.TryGetValue(name, out var picture)) picture.Draw(list);
    }

    private static string? Compare(Chromium chromium, string name)
    {
        var list = new DrawList();
        Draw(list, name);
        var software = new SoftwareScreen(Width, Height);
        software.Draw(list);
        return Compare(chromium, software, name, Pictures[name].Tolerance);
    }

    private static string? Compare(Chromium chromium, SoftwareScreen software, string name, Tolerance tolerance)
    {
        byte[] pixels = chromium.ReadCanvas();
        (double mean, double share, int most) = PictureDifference.Measure(software.Pixels, pixels, tolerance.Level);
        if (mean <= tolerance.Mean && share <= tolerance.Share) return null;
        string file = PictureDifference.Save(software.Pixels, pixels, software.Width, software.Height, "browser " + name);
        return $"{name}: mean difference {mean:F3} (at most {tolerance.Mean}), {share:P3} of pixels off by more than {tolerance.Level} (at most {tolerance.Share:P2}), up to {most}; see {file}";
    }

    private static void Fills(DrawList list)
    {
        list.Fill(new(10, 10, 100, 60), 0, Palette.Wake);
        list.Fill(new(120.5f, 10.25f, 100.5f, 60.75f), 0, Palette.Dream);
        list.Fill(new(10, 80, 100, 60), 8, Palette.Text.Fade(0.5f));
        list.Fill(new(120, 80, 60, 60), 30, Palette.Alert);
        list.Fill(new(200.3f, 90.7f, 9.5f, 9.5f), 4.75f, Palette.Focus);
        list.Fill(new(220, 80, 80, 20), 100, Palette.Plus);
    }

    private static void Strokes(DrawList list)
    {
        list.Stroke(new(10, 10, 100, 60), 0, 1, Palette.Wake);
        list.Stroke(new(120, 10, 100, 60), 8, 1, Palette.Dream);
        list.Stroke(new(10, 80, 100, 60), 8, 3, Palette.Text.Fade(0.5f));
        list.Stroke(new(120, 80, 60, 60), 30, 2.5f, Palette.Alert);
        list.Stroke(new(200, 80, 60, 60), 2, 6, Palette.Focus);
        list.Stroke(new(270, 80, 10, 10), 2, 8, Palette.Focus);
        list.Stroke(new(10, 150, 100, 60), 8, 0.5f, Palette.Focus);
    }

    private static void Lines(DrawList list)
    {
        for (int i = 0; i < 8; i++)
        {
            float angle = i * 0.37f;
            Vector2 reach = new(60 * MathF.Cos(angle), 60 * MathF.Sin(angle));
            list.Line([new Vector2(80, 90) - reach, new Vector2(80, 90) + reach], 0.4f + i * 0.5f, 0, Palette.Plus.Fade(0.8f));
        }

        list.Line([new(170, 40), new(220, 30), new(200, 110), new(290, 60), new(230, 140)], 5, 0, Palette.Dream.Fade(0.5f));
        var curve = new Vector2[256];
        for (int i = 0; i < curve.Length; i++) curve[i] = new(20 + i, 190 + 25 * MathF.Sin(i * 0.3f));
        list.Line(curve, 1.5f, 0, Palette.Text);
    }

    private static void Dashes(DrawList list)
    {
        list.Line([new(20, 20), new(300, 20)], 1.5f, 4, Palette.Wake);
        list.Line([new(20, 50.5f), new(300, 90)], 2, 3, Palette.Dream);
        list.Line([new(20, 120), new(150, 140), new(160, 220), new(300, 110)], 3, 8, Palette.Text);
    }

    private static void Curves(DrawList list)
    {
        for (int i = 0; i < 24; i++)
        {
            Vector2 from = new(20 + i % 3 * 100, 10 + i * 9), to = from + new Vector2(70, 200 - i * 17), reach = new(32, 0);
            list.Curve(from, from + reach, to - reach, to, 0.5f + i * 0.1f, Palette.Wake.Fade(0.2f + i * 0.03f));
        }
    }

    private static void Polygons(DrawList list)
    {
        list.Polygon([new(20, 20), new(80, 70), new(20, 120)], Palette.Dream);
        list.Polygon([new(120, 20), new(200, 30), new(170, 70), new(210, 130), new(110, 110), new(150, 70)], Palette.Wake.Fade(0.6f));
    }

    private static void Glows(DrawList list)
    {
        list.Glow(new(80, 80), 60, Palette.Wake);
        list.Glow(new(120.4f, 90.7f), 17.3f, Palette.Dream.Fade(0.7f));
        list.Glow(new(220, 120), 130, Palette.Dream.Fade(0.3f));
        list.Glow(new(40, 200), 4, Palette.Focus);
    }

    private static void Gradients(DrawList list)
    {
        list.Gradient(new(10, 10, 140, 100), Palette.Day, Palette.Ground, vertical: false);
        list.Gradient(new(160, 10, 140, 100), Palette.Dream, Palette.Wake, vertical: true);
        list.Gradient(new(10, 120, 290, 100), Palette.Focus.Fade(0), Palette.Dream, vertical: false);
    }

    private static void Text(DrawList list)
    {
        var canvas = new Canvas(list, GlyphCache.Shared);
        canvas.Begin(1280, 720);
        float y = 24;
        foreach (float size in (float[])[11, 12, 13, 14, 16, 20, 28])
        {
            canvas.Text("Wake h₁ −17.22 gjQ&", 8, y, new(size, FontWeight.Regular, Palette.Text));
            canvas.Text("Sleep 48%", 220, y, new(size, FontWeight.Semibold, Palette.Dream.Fade(0.7f)));
            y += size + 12;
        }
    }

    private static void Images(DrawList list, Sampling sampling)
    {
        byte[] values = [.. Enumerable.Range(0, 64).Select(i => (byte)(i * 97 % 256))];
        list.Image(new(10, 10, 120, 120), 8, 8, values, ColorMap.Dream, sampling, 1);
        list.Image(new(140, 10, 60, 90), 0, 8, values, ColorMap.Wake, sampling, 0.5f);
        list.Image(new(210, 10, 97, 61), 20, 16, values, ColorMap.Difference, sampling, 1);
        list.Image(new(20.5f, 140.25f, 70.5f, 60.5f), 6, 8, values, ColorMap.Dream, sampling, 1);
    }

    private static void Cells(DrawList list, CellShape shape, float opacity)
    {
        byte[] fill = [.. Enumerable.Range(0, 60).Select(i => (byte)(i * 41 % 256))];
        byte[] glow = [.. Enumerable.Range(0, 60).Select(i => (byte)(i * 67 % 256))];
        CellMark[] marks = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? CellMark.Dot : CellMark.None)];
        list.Cells(new(20, 10, 22, 20, 10, false, shape, opacity, 1), fill, glow, marks);
        list.Cells(new(170, 10, 13.5f, 11.25f, 12, true, shape, opacity, 1), fill, glow, marks);
        list.Cells(new(250, 10, 6, 5, 20, true, shape, opacity, 1), fill, glow, marks);
        list.Cells(new(250, 140, 33, 30, 2, false, shape, opacity, 1.5f), fill.AsSpan(0, 4), glow.AsSpan(0, 4), marks.AsSpan(0, 4));
    }

    private static void Marks(DrawList list)
    {
        byte[] fill = [.. Enumerable.Range(0, 10).Select(i => (byte)(i % 2 * 255))];
        CellMark[] marks =
        [
            CellMark.ClampOn, CellMark.ClampOff, CellMark.Ring, CellMark.Followed, CellMark.Dot | CellMark.Ring,
            CellMark.ClampOn | CellMark.Ring, CellMark.ClampOff | CellMark.Dot, CellMark.Followed | CellMark.Dot, CellMark.None, CellMark.Dot,
        ];
        list.Cells(new(10, 10, 40, 30, 5, false, CellShape.Square, 1, 1), fill, new byte[10], marks);
        list.Cells(new(110, 10, 40, 30, 5, false, CellShape.Round, 1, 1), fill, new byte[10], marks);
        list.Cells(new(210, 10, 22, 12, 5, false, CellShape.Square, 1, 1), fill, new byte[10], marks);
        list.Cells(new(210, 130, 20, 12, 5, false, CellShape.Round, 0.5f, 1), fill, new byte[10], marks);
    }

    private static void Clips(DrawList list)
    {
        list.PushClip(new(40.4f, 30.6f, 200, 100));
        list.Fill(new(0, 0, 320, 240), 0, Palette.Day);
        list.PushClip(new(100, 60, 300, 200));
        list.Fill(new(60, 40, 160, 160), 80, Palette.Wake);
        list.PopClip();
        list.Line([new(20, 20), new(300, 140)], 4, 0, Palette.Focus);
        list.PopClip();
        list.Fill(new(280, 200, 20, 20), 4, Palette.Dream);
    }
}
