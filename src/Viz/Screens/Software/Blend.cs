using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>
/// out = under + (color − under) · weight in each of the three channels, weights from 0 to <see cref="One"/> standing for 0 to
/// 1, rounded to nearest.
/// </summary>
/// <remarks>(d · w + 2¹⁴) / 2¹⁵ is one instruction on x86 (pmulhrsw), so the vector and the scalar path agree bit for
/// bit.</remarks>
internal static class Blend
{
    /// <summary>The weight of a pixel that is covered wholly.</summary>
    public const short One = short.MaxValue;

    /// <summary>From here on a pixel cannot be told from one that is covered wholly: products of weights fall short of
    /// <see cref="One"/> by a little.</summary>
    public const short Whole = One - 8;

    /// <summary>The weight of a coverage or opacity of 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Weight(float coverage) => (short)(Math.Clamp(coverage, 0f, 1f) * One + 0.5f);

    /// <summary>a · b of two weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Product(short a, short b) => (short)((a * b + (1 << 14)) >> 15);

    /// <summary>The opacity of a colour as a weight.</summary>
    public static short Opacity(Rgba color) => (short)(color.Alpha << 7 | color.Alpha >> 1);

    /// <summary>A colour, made opaque, as it lies in memory.</summary>
    public static uint Opaque(Rgba color)
    {
        uint packed = color.Packed | 255;
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(packed) : packed;
    }

    /// <summary>One colour over one pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Pixel(uint under, uint color, short weight)
    {
        uint result = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            int from = (int)(under >> shift & 255), to = (int)(color >> shift & 255);
            result |= (uint)(from + (((to - from) * weight + (1 << 14)) >> 15)) << shift;
        }

        return result;
    }

    /// <summary>One colour over a row, the same weight everywhere.</summary>
    public static void Span(Span<uint> row, uint color, short weight)
    {
        if (weight >= Whole)
        {
            row.Fill(color);
            return;
        }

        int i = 0;
        if (Avx2.IsSupported)
        {
            Vector256<short> weights = Vector256.Create(weight);
            Vector256<byte> colors = Vector256.Create(color).AsByte();
            for (; i <= row.Length - 8; i += 8) Eight(ref row[i], colors, weights, weights);
        }

        for (; i < row.Length; i++) row[i] = Pixel(row[i], color, weight);
    }

    /// <summary>One colour over a row, each pixel with a weight of its own times an opacity.</summary>
    public static void Span(Span<uint> row, uint color, ReadOnlySpan<short> weights, short opacity)
    {
        int i = 0;
        if (Avx2.IsSupported)
        {
            Vector256<byte> colors = Vector256.Create(color).AsByte();
            for (; i <= row.Length - 8; i += 8)
            {
                Vector128<short> eight = Vector128.Create(weights.Slice(i, 8));
                if (eight == Vector128<short>.Zero) continue;
                Weigh(ref row[i], colors, eight, opacity);
            }
        }

        for (; i < row.Length; i++) row[i] = Pixel(row[i], color, Product(weights[i], opacity));
    }

    /// <summary>A row of opaque colours over a row, each pixel with a weight of its own times an opacity.</summary>
    public static void Span(Span<uint> row, ReadOnlySpan<uint> colors, ReadOnlySpan<short> weights, short opacity)
    {
        int i = 0;
        if (Avx2.IsSupported)
        {
            for (; i <= row.Length - 8; i += 8)
                Weigh(ref row[i], Vector256.Create(colors.Slice(i, 8)).AsByte(), Vector128.Create(weights.Slice(i, 8)), opacity);
        }

        for (; i < row.Length; i++) row[i] = Pixel(row[i], colors[i], Product(weights[i], opacity));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weigh(ref uint row, Vector256<byte> colors, Vector128<short> eight, short opacity)
    {
        Vector128<short> weights = Ssse3.MultiplyHighRoundScale(eight, Vector128.Create(opacity));
        Vector256<int> wide = Avx2.ConvertToVector256Int32(weights);
        Vector256<int> doubled = wide | Vector256.ShiftLeft(wide, 16);
        Eight(ref row, colors, Avx2.UnpackLow(doubled, doubled).AsInt16(), Avx2.UnpackHigh(doubled, doubled).AsInt16());
    }

    // Unpacking works within the two halves of a vector, for pixels and weights alike: packing puts the order right again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(ref uint row, Vector256<byte> colors, Vector256<short> low, Vector256<short> high)
    {
        Vector256<byte> under = Vector256.LoadUnsafe(ref row).AsByte();
        Vector256<short> underLow = Avx2.UnpackLow(under, Vector256<byte>.Zero).AsInt16();
        Vector256<short> underHigh = Avx2.UnpackHigh(under, Vector256<byte>.Zero).AsInt16();
        Vector256<short> changeLow = Avx2.UnpackLow(colors, Vector256<byte>.Zero).AsInt16() - underLow;
        Vector256<short> changeHigh = Avx2.UnpackHigh(colors, Vector256<byte>.Zero).AsInt16() - underHigh;
        underLow += Avx2.MultiplyHighRoundScale(changeLow, low);
        underHigh += Avx2.MultiplyHighRoundScale(changeHigh, high);
        Avx2.PackUnsignedSaturate(underLow, underHigh).AsUInt32().StoreUnsafe(ref row);
    }
}
