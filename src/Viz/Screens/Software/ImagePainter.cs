using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Draws small pictures through colour maps, sharp or smoothed.</summary>
internal sealed class ImagePainter
{
    private static readonly uint[][] Tables =
        [.. Enum.GetValues<ColorMap>().Select(map => ColorMaps.Table(map).ToArray().Select(Blend.Opaque).ToArray())];

    private readonly CatmullRom across = new();
    private readonly CatmullRom down = new();
    private float[] stretched = [];
    private float[] sums = [];
    private uint[] colors = [];

    /// <summary>Draws a picture of [rows · columns] bytes into a rounded box.</summary>
    public void Draw(Raster raster, Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling, float opacity)
    {
        if (columns <= 0 || values.Length < columns || !(box.Width > 0 && box.Height > 0) || !((int)map < Tables.Length)) return;
        PixelRect pixels = raster.Cover(box.X, box.Y, box.Right, box.Bottom);
        if (pixels.IsEmpty) return;
        if (colors.Length < raster.Width) (colors, sums) = (new uint[raster.Width], new float[raster.Width]);
        Span<uint> row = colors.AsSpan(0, pixels.Width);
        uint[] table = Tables[(int)map];
        var shape = new RoundedBox(box, radius);
        short weight = Blend.Weight(opacity);
        if (sampling == Sampling.Smooth) DrawSmooth(raster, pixels, shape, columns, values, table, weight, row);
        else DrawSharp(raster, pixels, shape, columns, values, table, weight, row);
    }

    private static void DrawSharp(
        Raster raster, PixelRect pixels, in RoundedBox shape, int columns, ReadOnlySpan<byte> values, uint[] table, short opacity, Span<uint> row)
    {
        int rows = values.Length / columns, drawn = -1;
        for (int y = pixels.Top; y < pixels.Bottom; y++)
        {
            int source = Index(y, shape.Box.Y, shape.Box.Height, rows);
            if (source != drawn)
            {
                for (int x = 0; x < row.Length; x++)
                    row[x] = table[values[source * columns + Index(pixels.Left + x, shape.Box.X, shape.Box.Width, columns)]];
                drawn = source;
            }

            BlendRow(raster, pixels, shape, y, row, opacity);
        }
    }

    private void DrawSmooth(
        Raster raster, PixelRect pixels, in RoundedBox shape, int columns, ReadOnlySpan<byte> values, uint[] table, short opacity, Span<uint> row)
    {
        int rows = values.Length / columns, width = row.Length;
        across.Prepare(pixels.Left, pixels.Right, shape.Box.X, shape.Box.Width, columns);
        down.Prepare(pixels.Top, pixels.Bottom, shape.Box.Y, shape.Box.Height, rows);
        if (stretched.Length < rows * width) stretched = new float[rows * width];
        for (int source = 0; source < rows; source++)
            across.Stretch(values.Slice(source * columns, columns), stretched.AsSpan(source * width, width));
        Span<float> sum = sums.AsSpan(0, width);
        for (int y = pixels.Top; y < pixels.Bottom; y++)
        {
            down.Sum(y - pixels.Top, stretched, width, sum);
            for (int x = 0; x < width; x++) row[x] = table[(int)sum[x]];
            BlendRow(raster, pixels, shape, y, row, opacity);
        }
    }

    private static void BlendRow(Raster raster, PixelRect pixels, in RoundedBox shape, int y, ReadOnlySpan<uint> row, short opacity)
    {
        (int first, int last) = shape.StraightPart(pixels.Left, pixels.Right, 0.5f);
        bool straightIsFull = last > first && shape.Distance(first + 0.5f, y + 0.5f) <= -0.5f;
        if (!straightIsFull || opacity != Blend.One) first = last = pixels.Right;
        BlendEdge(raster, shape, y, pixels.Left, first, row, opacity);
        row[(first - pixels.Left)..(last - pixels.Left)].CopyTo(raster.Row(y, first, last));
        BlendEdge(raster, shape, y, last, pixels.Right, row[(last - pixels.Left)..], opacity);
    }

    private static void BlendEdge(Raster raster, in RoundedBox shape, int y, int left, int right, ReadOnlySpan<uint> row, short opacity)
    {
        Span<short> weights = raster.Weights(right - left);
        for (int x = left; x < right; x++) weights[x - left] = Blend.Weight(RoundedBox.Coverage(shape.Distance(x + 0.5f, y + 0.5f)));
        Blend.Span(raster.Row(y, left, right), row[..(right - left)], weights, opacity);
    }

    private static int Index(int pixel, float origin, float length, int count) =>
        Math.Clamp((int)((pixel + 0.5f - origin) / length * count), 0, count - 1);
}
