namespace DreamViz.Viz.Drawing;

/// <summary>How thick the pen is at each size: heavier, in parts of the em, where letters are small.</summary>
internal static class StrokeWeights
{
    private const float ThinnestStroke = 1.05f;

    private static readonly float[] Sizes = [11, 12, 13, 14, 16, 20, 28];
    private static readonly float[] Regular = [9.4f, 9.0f, 9.0f, 9.0f, 8.75f, 9.2f, 8.6f];
    private static readonly float[] Semibold = [12.6f, 12.0f, 12.0f, 11.6f, 12.4f, 12.4f, 11.6f];

    /// <summary>The stroke's width in pixels: percent of the em from the table, linear between its sizes, never below 1.05 px,
    /// where strokes turn grey.</summary>
    public static float StrokeWidth(float pixels, FontWeight weight) =>
        MathF.Max(ThinnestStroke, pixels / 100 * Percent(pixels, weight == FontWeight.Regular ? Regular : Semibold));

    /// <summary>What is added to every advance, in pixels: 0.3 at 11 px, falling to 0 at 20 px.</summary>
    public static float Tracking(float pixels) => Math.Clamp((20 - pixels) / 30, 0, 0.3f);

    private static float Percent(float pixels, float[] table)
    {
        int above = Array.FindIndex(Sizes, size => size >= pixels);
        if (above == 0) return table[0];
        if (above < 0) return table[^1];
        float t = (pixels - Sizes[above - 1]) / (Sizes[above] - Sizes[above - 1]);
        return table[above - 1] + (table[above] - table[above - 1]) * t;
    }
}
