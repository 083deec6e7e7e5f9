using System.Numerics;
using System.Runtime.Intrinsics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Draws soft lights.</summary>
internal static class LightPainter
{
    /// <summary>(1 − t)² at distance t · radius, 0 beyond.</summary>
    public static float Falloff(float distance, float radius)
    {
        float rest = MathF.Max(0, 1 - distance / radius);
        return rest * rest;
    }

    /// <summary>Draws a light around a centre.</summary>
    public static void Glow(Raster raster, Vector2 center, float radius, Rgba color)
    {
        if (!(radius > 0)) return;
        PixelRect pixels = raster.Cover(center.X - radius, center.Y - radius, center.X + radius, center.Y + radius);
        if (pixels.IsEmpty) return;
        Span<short> weights = raster.Weights(pixels.Width);
        for (int y = pixels.Top; y < pixels.Bottom; y++)
        {
            Weigh(weights, pixels.Left + 0.5f - center.X, y + 0.5f - center.Y, radius);
            Blend.Span(raster.Row(y, pixels.Left, pixels.Right), Blend.Opaque(color), weights, Blend.Opacity(color));
        }
    }

    private static void Weigh(Span<short> weights, float x, float y, float radius)
    {
        int i = 0;
        Vector256<float> steps = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        for (; i <= weights.Length - 8; i += 8)
        {
            Vector256<float> dx = Vector256.Create(x + i) + steps;
            Vector256<float> distance = Vector256.Sqrt(dx * dx + Vector256.Create(y * y));
            Vector256<float> rest = Vector256.Max(Vector256<float>.Zero, Vector256<float>.One - distance / radius);
            Vector256<int> weight = Vector256.ConvertToInt32(rest * rest * Blend.One + Vector256.Create(0.5f));
            Vector128.Narrow(weight.GetLower(), weight.GetUpper()).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++) weights[i] = Blend.Weight(Falloff(MathF.Sqrt((x + i) * (x + i) + y * y), radius));
    }
}
