using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Golden;

/// <summary>Cells of every size and shape: a column a state.</summary>
internal static class CellSpecimen
{
    private static readonly (string Name, byte Fill, byte Glow, CellMark Marks)[] States =
    [
        ("off", 0, 0, CellMark.None),
        ("on", 255, 0, CellMark.None),
        ("mean .25", 64, 0, CellMark.None),
        ("mean .6", 153, 0, CellMark.None),
        ("newest", 100, 0, CellMark.Dot),
        ("glow", 255, 255, CellMark.Dot),
        ("glow .4", 120, 102, CellMark.None),
        ("hover", 255, 0, CellMark.Ring),
        ("hover off", 0, 0, CellMark.Ring),
        ("clamp on", 255, 0, CellMark.ClampOn),
        ("clamp off", 0, 0, CellMark.ClampOff),
        ("followed", 255, 80, CellMark.Followed),
        ("fell", 0, 80, CellMark.Followed),
    ];

    private static readonly (float Pitch, float Cell)[] Sizes = [(44, 32), (22, 20), (16, 14), (13, 11), (9, 8), (6, 5)];

    public static DrawList Draw(int width, int height)
    {
        var list = new DrawList();
        var canvas = new Canvas(list, GlyphCache.Shared);
        canvas.Begin(width, height);
        canvas.Fill(new(0, 52, 1280, 330), 0, Palette.Day);
        canvas.Fill(new(0, 382, 1280, 338), 0, Palette.Night);
        for (int state = 0; state < States.Length; state++)
            canvas.Text(States[state].Name, 120 + state * 88, 36, new(12, FontWeight.Regular, Palette.SecondaryText), TextAlign.Center);
        DrawWorld(canvas, CellShape.Square, 64);
        DrawWorld(canvas, CellShape.Round, 394);
        return list;
    }

    private static void DrawWorld(Canvas canvas, CellShape shape, float y)
    {
        foreach ((float pitch, float cell) in Sizes)
        {
            canvas.Text($"{pitch}", 30, y + pitch / 2 + 4, new(12, FontWeight.Regular, Palette.SecondaryText));
            for (int state = 0; state < States.Length; state++)
            {
                (_, byte fill, byte glow, CellMark marks) = States[state];
                var grid = new CellGrid(120 + state * 88 - pitch, y, pitch, cell, 2, shape == CellShape.Round, shape, 1, 1);
                canvas.Cells(grid, [fill, 0, 0, fill], [glow, 0, 0, glow], [marks, 0, 0, marks]);
            }

            y += 2 * pitch + 16;
        }
    }
}
