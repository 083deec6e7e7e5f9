using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Golden;

/// <summary>Every operation of a draw list, whole, translucent, clipped, and between pixels.</summary>
internal static class OperationSpecimen
{
    public static DrawList Draw()
    {
        var list = new DrawList();
        list.Fill(new(0, 0, 640, 480), 0, Palette.Ground);
        DrawBoxes(list);
        DrawLines(list);
        DrawAreas(list);
        DrawImages(list);
        DrawClipped(list);
        return list;
    }

    private static void DrawBoxes(DrawList list)
    {
        list.Fill(new(10, 10, 60, 40), 0, Palette.Control);
        list.Fill(new(80, 10, 60, 40), 6, Palette.ControlActive);
        list.Fill(new(150.3f, 10.6f, 60, 40), 8, Palette.Wake);
        list.Fill(new(220, 10, 40, 40), 20, Palette.Dream.Fade(0.5f));
        list.Stroke(new(270, 10, 60, 40), 0, 1, Palette.Text);
        list.Stroke(new(340, 10, 60, 40), 8, 2, Palette.Text);
        list.Stroke(new(410.5f, 10.5f, 40, 40), 20, 1.5f, Palette.Dream);
        list.Stroke(new(460, 10, 60, 40), 8, 0.4f, Palette.Text);
        list.Stroke(new(530, 10, 60, 40), 12, 6, Palette.Wake.Fade(0.6f));
    }

    private static void DrawLines(DrawList list)
    {
        list.Line([new(10, 70), new(60, 110), new(110, 70), new(160, 110)], 1, 0, Palette.Text);
        list.Line([new(170, 70), new(220, 110), new(270, 70), new(320, 110)], 5, 0, Palette.Wake.Fade(0.5f));
        list.Line([new(330, 70), new(380, 110), new(430, 70), new(480, 110)], 2, 6, Palette.Dream);
        list.Line([new(490, 90.5f), new(620, 90.5f)], 1, 3, Palette.SecondaryText);
        list.Line([new(490, 75), new(620, 75)], 0.3f, 0, Palette.Text);
        for (int i = 0; i < 8; i++)
        {
            float y = 130 + i * 12;
            list.Curve(new(10, 130), new(60, 130), new(60, y), new(110, y), 0.5f + i * 0.25f, Palette.Wake.Fade(0.4f + i * 0.08f));
        }
    }

    private static void DrawAreas(DrawList list)
    {
        list.Polygon([new(130, 130), new(180, 170), new(130, 210), new(145, 170)], Palette.Dream);
        list.Polygon([new(200, 130), new(260, 130), new(220, 190), new(250, 210), new(200, 160)], Palette.Plus.Fade(0.7f));
        list.Glow(new(310, 170), 40, Palette.Wake);
        list.Glow(new(380.4f, 170.7f), 30, Palette.Dream.Fade(0.65f));
        list.Gradient(new(430, 130, 90, 80), Palette.Day, Palette.Wake, false);
        list.Gradient(new(530, 130, 90, 80), Palette.Dream, Palette.Dream.Fade(0), true);
    }

    private static void DrawImages(DrawList list)
    {
        byte[] picture = [.. Enumerable.Range(0, 80).Select(i => (byte)((i % 10 * 53 + i / 10 * 91) % 256))];
        list.Image(new(10, 240, 100, 80), 0, 10, picture, ColorMap.Dream, Sampling.Nearest, 1);
        list.Image(new(120, 240, 100, 80), 8, 10, picture, ColorMap.Dream, Sampling.Smooth, 1);
        list.Image(new(230, 240, 100, 80), 8, 10, picture, ColorMap.Wake, Sampling.Smooth, 1);
        list.Image(new(340, 240, 100, 80), 20, 10, picture, ColorMap.Difference, Sampling.Smooth, 0.5f);
        list.Image(new(450.5f, 240.25f, 60.3f, 50), 8, 10, picture, ColorMap.Wake, Sampling.Nearest, 1);
        byte[] ramp = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        foreach (ColorMap map in Enum.GetValues<ColorMap>())
            list.Image(new(340, 340 + (int)map * 24, 256, 16), 0, 256, ramp, map, Sampling.Nearest, 1);
    }

    private static void DrawClipped(DrawList list)
    {
        list.PushClip(new(10, 340, 150, 120));
        list.Fill(new(0, 330, 100, 100), 30, Palette.ControlActive);
        list.PushClip(new(60.4f, 360.6f, 200, 60));
        list.Glow(new(110, 390), 60, Palette.Wake);
        list.Line([new(20, 350), new(200, 450)], 6, 0, Palette.Dream);
        var grid = new CellGrid(90, 350, 22, 20, 4, false, CellShape.Round, 0.5f, 1);
        list.Cells(grid, [.. Enumerable.Range(0, 16).Select(i => (byte)(i * 17))], new byte[16], new CellMark[16]);
        list.PopClip();
        list.Image(new(20, 430, 200, 60), 0, 2, [0, 255, 255, 0], ColorMap.Dream, Sampling.Smooth, 1);
        list.PopClip();
        list.Polygon([new(200, 350), new(320, 340), new(300, 460), new(210, 440)], Palette.Minus.Fade(0.8f));
    }
}
