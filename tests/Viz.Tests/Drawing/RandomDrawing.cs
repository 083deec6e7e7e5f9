using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Drawing;

/// <summary>Draws any operation with any arguments, sensible and not, repeatably from a seed.</summary>
internal sealed class RandomDrawing(int seed)
{
    private static readonly float[] Odd =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 1e9f, -1e9f, 0, -1, 1e-30f];

    private readonly Random random = new(seed);

    /// <summary>Draws this many operations; with odd ones, about one number in ten is not sensible.</summary>
    public void Draw(IDrawTarget target, int operations, bool odd)
    {
        for (int i = 0; i < operations; i++) DrawOne(target, odd);
    }

    private void DrawOne(IDrawTarget target, bool odd)
    {
        switch (random.Next(12))
        {
            case 0: target.Fill(Box(odd), Number(odd), Color()); break;
            case 1: target.Stroke(Box(odd), Number(odd), Number(odd) / 10, Color()); break;
            case 2: target.Line(Points(odd), Number(odd) / 10, Number(odd) / 10, Color()); break;
            case 3: target.Curve(Point(odd), Point(odd), Point(odd), Point(odd), Number(odd) / 10, Color()); break;
            case 4: target.Polygon(Points(odd), Color()); break;
            case 5: target.Glow(Point(odd), Number(odd), Color()); break;
            case 6: target.Gradient(Box(odd), Color(), Color(), random.Next(2) == 0); break;
            case 7: target.Glyphs((short)random.Next(-9, 120), Placements(), Color()); break;
            case 8: target.Image(Box(odd), Number(odd), random.Next(odd ? 0 : 1, 9), Bytes(), (ColorMap)random.Next(3), (Sampling)random.Next(2), Number(odd) / 50); break;
            case 9: DrawCells(target, odd); break;
            case 10: target.PushClip(Box(odd)); break;
            default: target.PopClip(); break;
        }
    }

    private void DrawCells(IDrawTarget target, bool odd)
    {
        byte[] fill = Bytes(), glow = new byte[fill.Length];
        random.NextBytes(glow);
        var marks = new CellMark[fill.Length];
        for (int i = 0; i < marks.Length; i++) marks[i] = (CellMark)random.Next(32);
        var grid = new CellGrid(
            Number(odd), Number(odd), Number(odd) / 4, Number(odd) / 5, random.Next(odd ? 0 : 1, 9), random.Next(2) == 0,
            (CellShape)random.Next(2), Number(odd) / 50, odd ? Number(odd) / 50 : 1 + random.Next(2));
        target.Cells(grid, fill, glow, marks);
    }

    private float Number(bool odd) => odd && random.Next(10) == 0 ? Odd[random.Next(Odd.Length)] : random.Next(-40, 400) / 4f;

    private Vector2 Point(bool odd) => new(Number(odd), Number(odd));

    private Vector2[] Points(bool odd) => [.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => Point(odd))];

    private Box Box(bool odd) => new(Number(odd), Number(odd), Number(odd), Number(odd));

    private Rgba Color() => new((uint)random.NextInt64(1L << 32));

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(1, 60)];
        random.NextBytes(bytes);
        return bytes;
    }

    private GlyphPlacement[] Placements() => [.. Enumerable.Range(0, random.Next(6)).Select(_ =>
        new GlyphPlacement(GlyphCache.Shared.Get((char)random.Next(' ', '~'), 13, FontWeight.Regular).Number, (short)random.Next(-9, 120)))];
}
