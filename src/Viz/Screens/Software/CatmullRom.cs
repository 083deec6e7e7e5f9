using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Viz.Screens.Software;

/// <summary>
/// Catmull–Rom interpolation along one axis: at fraction t between p₁ and p₂ the weights of p₀ … p₃ are
/// (−t³ + 2t² − t)/2, (3t³ − 5t² + 2)/2, (−3t³ + 4t² + t)/2, (t³ − t²)/2; values beyond the border repeat.
/// </summary>
/// <remarks>Source: Catmull and Rom, "A class of local interpolating splines", 1974.</remarks>
internal sealed class CatmullRom
{
    private Tap[] taps = [];
    private int count;

    /// <summary>Chooses, for the pixels from first to last, which values they lie between.</summary>
    /// <param name="first">The first pixel.</param>
    /// <param name="last">The first pixel that is left out.</param>
    /// <param name="origin">Where the picture begins.</param>
    /// <param name="length">Its length in pixels.</param>
    /// <param name="values">How many values stand along it.</param>
    public void Prepare(int first, int last, float origin, float length, int values)
    {
        count = last - first;
        if (taps.Length < count) taps = new Tap[count];
        for (int i = 0; i < count; i++) taps[i] = Tap.At((first + i + 0.5f - origin) / length * values - 0.5f, values);
    }

    /// <summary>[pixels] the interpolated values of one line.</summary>
    public void Stretch(ReadOnlySpan<byte> values, Span<float> stretched)
    {
        for (int i = 0; i < count; i++)
        {
            ref readonly Tap tap = ref taps[i];
            stretched[i] = tap.W0 * values[tap.I0] + tap.W1 * values[tap.I1] + tap.W2 * values[tap.I2] + tap.W3 * values[tap.I3];
        }
    }

    /// <summary>[width] the interpolation between whole lines at one pixel, clamped to 0 … 255 and rounded to nearest.</summary>
    public void Sum(int pixel, ReadOnlySpan<float> lines, int width, Span<float> sum)
    {
        ref readonly Tap tap = ref taps[pixel];
        ReadOnlySpan<float> a = lines.Slice(tap.I0 * width, width), b = lines.Slice(tap.I1 * width, width);
        ReadOnlySpan<float> c = lines.Slice(tap.I2 * width, width), d = lines.Slice(tap.I3 * width, width);
        int i = 0;
        for (; i <= width - 8; i += 8)
        {
            Vector256<float> value = tap.W0 * Load(a, i) + tap.W1 * Load(b, i) + tap.W2 * Load(c, i) + tap.W3 * Load(d, i);
            value = Vector256.Min(Vector256.Max(value, Vector256<float>.Zero), Vector256.Create(255f));
            Vector256.Floor(value + Vector256.Create(0.5f)).StoreUnsafe(ref MemoryMarshal.GetReference(sum), (nuint)i);
        }

        for (; i < width; i++)
        {
            float value = tap.W0 * a[i] + tap.W1 * b[i] + tap.W2 * c[i] + tap.W3 * d[i];
            sum[i] = MathF.Floor(Math.Clamp(value, 0, 255) + 0.5f);
        }
    }

    private static Vector256<float> Load(ReadOnlySpan<float> values, int i) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)i);

    private readonly record struct Tap(int I0, int I1, int I2, int I3, float W0, float W1, float W2, float W3)
    {
        public static Tap At(float position, int values)
        {
            float floor = MathF.Floor(position);
            float t = position - floor, t2 = t * t, t3 = t2 * t;
            int i = (int)floor;
            return new(
                Within(i - 1), Within(i), Within(i + 1), Within(i + 2),
                (-t3 + 2 * t2 - t) / 2, (3 * t3 - 5 * t2 + 2) / 2, (-3 * t3 + 4 * t2 + t) / 2, (t3 - t2) / 2);

            int Within(int index) => Math.Clamp(index, 0, values - 1);
        }
    }
}
