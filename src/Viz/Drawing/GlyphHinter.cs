using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>
/// Fits a glyph to the pixel grid: stems, baseline, x-height and cap height onto pixel centres (onto pixel edges where the
/// stroke is an even number of pixels wide), distances between stems and advances onto whole pixels.
/// </summary>
internal static class GlyphHinter
{
    private const float NearestFeatures = 0.75f;

    /// <summary>The glyph at one size and weight.</summary>
    /// <param name="glyph">The glyph.</param>
    /// <param name="number">The number it gets.</param>
    /// <param name="pixels">Font size in pixels.</param>
    /// <param name="weight">Stroke weight.</param>
    public static HintedGlyph Hint(StrokeGlyph glyph, ushort number, float pixels, FontWeight weight)
    {
        float scale = pixels / 100;
        float stroke = StrokeWeights.StrokeWidth(pixels, weight);
        float center = IsEven(stroke) ? 0 : 0.5f;
        var features = new GlyphFeatures(glyph);
        HintMap rows = FixBars(features, scale);
        HintMap columns = FixStems(features, scale, center);
        (float shift, float advance) = Space(glyph, columns, scale, StrokeWeights.Tracking(pixels));
        Vector2[][] lines = [.. glyph.Lines.Select(line => Array.ConvertAll(line, Fit))];
        return new(number, glyph.Character, (short)MathF.Max(2, advance), stroke, lines);

        Vector2 Fit(Vector2 point) => new(columns.Map(point.X) + shift, -rows.Map(point.Y) - center);
    }

    private static bool IsEven(float stroke) => stroke >= 1.75f && (int)MathF.Round(stroke - 0.25f) % 2 == 0;

    private static HintMap FixBars(GlyphFeatures features, float scale)
    {
        var rows = new HintMap(scale);
        foreach (float y in features.Bars) rows.TryFix(y, MathF.Round(y * scale), NearestFeatures);
        return rows;
    }

    private static HintMap FixStems(GlyphFeatures features, float scale, float center)
    {
        var columns = new HintMap(scale);
        foreach (float x in features.Stems)
        {
            if (columns.Count == 0)
            {
                columns.TryFix(x, FirstStem(x * scale, center), NearestFeatures);
                continue;
            }

            float distance = (x - columns.Last.From) * scale;
            columns.TryFix(x, columns.Last.To + MathF.Max(1, MathF.Round(distance)), NearestFeatures);
        }

        return columns;
    }

    // A stem in the first pixel column would touch the letter before, unless it belongs there by far.
    private static float FirstStem(float x, float center)
    {
        float rounded = MathF.Round(x - center) + center;
        float inset = MathF.Max(1, rounded);
        return inset > x + 0.75f ? rounded : inset;
    }

    private static (float Shift, float Advance) Space(StrokeGlyph glyph, HintMap columns, float scale, float tracking)
    {
        float plain = glyph.Advance * scale + tracking;
        float tabular = MathF.Round(plain);
        if (columns.Count == 0) return ((tabular - plain) / 2, tabular);
        if (!char.IsAsciiDigit(glyph.Character))
            return (0, MathF.Round(columns.Last.To + (glyph.Advance - columns.Last.From) * scale + tracking - 0.02f));
        float middle = (columns.First.To + columns.Last.To) / 2;
        float wanted = (columns.First.From + columns.Last.From) / 2 / glyph.Advance * tabular;
        return (MathF.Round(wanted - middle), tabular);
    }
}
