namespace DreamViz.Viz.Screens.Software;

/// <summary>A small shape kept as weights, drawn in any colour at any whole pixel.</summary>
/// <remarks>Rows are padded to whole vectors of eight weights, and remember where their first and last weight above 0
/// stand.</remarks>
internal sealed class Sprite
{
    private const int Lane = 8;

    private readonly int left;
    private readonly int top;
    private readonly int stride;
    private readonly short[] weights;
    private readonly (int First, int Last)[] used;

    /// <param name="left">Left edge relative to where the sprite is drawn.</param>
    /// <param name="top">Upper edge.</param>
    /// <param name="right">First column outside.</param>
    /// <param name="bottom">First row outside.</param>
    /// <param name="coverage">Coverage, 0 to 1, of the pixel whose centre is (x, y).</param>
    public Sprite(int left, int top, int right, int bottom, Func<float, float, float> coverage)
    {
        this.left = left;
        this.top = top;
        stride = (right - left + Lane - 1) / Lane * Lane;
        weights = new short[stride * (bottom - top)];
        used = new (int, int)[bottom - top];
        for (int y = top; y < bottom; y++)
        {
            Span<short> row = weights.AsSpan((y - top) * stride, stride);
            for (int x = left; x < right; x++) row[x - left] = Blend.Weight(coverage(x + 0.5f, y + 0.5f));
            used[y - top] = Used(row);
        }
    }

    /// <summary>Draws the sprite with its origin at a pixel.</summary>
    public void Draw(Raster raster, int x, int y, uint color, short opacity)
    {
        PixelRect clip = raster.Clip;
        int firstRow = Math.Max(0, clip.Top - y - top), lastRow = Math.Min(used.Length, clip.Bottom - y - top);
        int firstColumn = clip.Left - x - left, lastColumn = clip.Right - x - left;
        for (int row = firstRow; row < lastRow; row++)
        {
            int first = Math.Max(used[row].First, firstColumn), last = Math.Min(used[row].Last, lastColumn);
            if (last <= first) continue;
            // Weights beyond the last are 0 and leave whole vectors' pixels as they are.
            int padded = first + (last - first + Lane - 1) / Lane * Lane;
            if (padded <= stride && padded <= lastColumn && used[row].Last <= lastColumn) last = padded;
            Blend.Span(
                raster.Row(y + top + row, x + left + first, x + left + last), color,
                weights.AsSpan(row * stride + first, last - first), opacity);
        }
    }

    private static (int First, int Last) Used(ReadOnlySpan<short> row)
    {
        int first = row.IndexOfAnyExcept((short)0);
        return first < 0 ? (0, 0) : (first, row.LastIndexOfAnyExcept((short)0) + 1);
    }
}
