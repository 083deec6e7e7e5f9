using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Tests.Screens.Browser;

/// <summary>An explorer that draws a moving scene with its own time, or what a test asks for; keeps what it was handed.</summary>
internal sealed class FakeExplorer : IExplorer
{
    private readonly Lock gate = new();
    private readonly List<InputEvent> inputs = [];
    private readonly List<Notice> notices = [];

    /// <summary>What to draw; the moving scene unless set.</summary>
    public Action<DrawList, int, int, double>? Scene { get; set; }

    public double Time { get; private set; }

    public (int Width, int Height) Size { get; private set; }

    public bool RecordingRequested { get; set; }

    public bool ReducedMotion { get; set; }

    public IReadOnlyList<InputEvent> Inputs { get { lock (gate) return [.. inputs]; } }

    public IReadOnlyList<Notice> Notices { get { lock (gate) return [.. notices]; } }

    public void Handle(in InputEvent input)
    {
        lock (gate) inputs.Add(input);
    }

    public void Notify(Notice notice)
    {
        lock (gate) notices.Add(notice);
    }

    public void Frame(DrawList list, int width, int height, double seconds)
    {
        Time += seconds;
        Size = (width, height);
        (Scene ?? Move)(list, width, height, Time);
    }

    private static void Move(DrawList list, int width, int height, double time)
    {
        var canvas = new Canvas(list, GlyphCache.Shared);
        canvas.Begin(width, height);
        canvas.Gradient(new(0, 52, 640, 400), Palette.Day, Palette.Ground, vertical: false);
        canvas.Fill(new(24, 122, 264, 264), 8, Palette.DayTile);
        canvas.Text($"step {(int)(time * 1000):N0}", 24, 90, new(20, FontWeight.Semibold, Palette.Text));
        for (int side = 0; side < 2; side++)
            for (int layer = 0; layer < 3; layer++) Layer(canvas, side, layer, time);
        for (int i = 0; i < 70; i++) Edge(canvas, i, time);
        Span<byte> values = stackalloc byte[64];
        for (int i = 0; i < 64; i++) values[i] = (byte)(127 + 127 * Math.Sin(time * 3 + i * 0.7));
        canvas.Image(new(992, 122, 264, 264), 8, 8, values, ColorMap.Dream, Sampling.Smooth);
    }

    private static void Layer(Canvas canvas, int side, int layer, double time)
    {
        int units = 48 >> layer;
        byte[] fill = new byte[units], glow = new byte[units];
        var marks = new CellMark[units];
        for (int i = 0; i < units; i++)
        {
            double wave = Math.Sin(time * (2 + layer) + i * 1.3 + side);
            fill[i] = (byte)(127 + 127 * wave);
            glow[i] = (byte)Math.Max(0, 255 * wave);
            marks[i] = wave > 0.3 ? CellMark.Dot : CellMark.None;
        }

        float x = side == 0 ? 340 + 110 * layer : 900 - 110 * layer;
        canvas.Cells(new(x, 122, 22, 20, 12, side == 1, (CellShape)side, 1, 1), fill, glow, marks);
    }

    private static void Edge(Canvas canvas, int i, double time)
    {
        var from = new Vector2(288, 130 + i * 3.6f);
        var to = new Vector2(340, 133 + i * 37 % 12 * 22);
        Rgba color = Palette.Wake.Fade(0.3f + 0.3f * (float)Math.Sin(time + i));
        canvas.Curve(from, from + new Vector2(26, 0), to - new Vector2(26, 0), to, 1, color);
    }
}
