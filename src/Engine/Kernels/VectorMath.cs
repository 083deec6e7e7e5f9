using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>Eight-lane functions that the element-wise kernels are made of.</summary>
/// <remarks>
/// Multiplications and additions only, never fused, so that every machine gives the same bits. Polynomials are Chebyshev fits
/// of the quotients named at each function. NaN goes in and comes out.
/// </remarks>
internal static class VectorMath
{
    /// <summary>1.5 · 2²³: adding it to a small float leaves its nearest integer in the low bits.</summary>
    private const float Rounder = 12582912f;

    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>eˣ, relative error below 2e-7; exactly 0 below −87.7, +∞ above 88.4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) =>
        ExpBelowOverflow(Vector256.MinNative(Vector256.Create(89f), x));

    /// <summary>e^−|x|, relative error below 2e-7; exactly 0 above 87.7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpOfMinusAbsolute(Vector256<float> x) => ExpBelowOverflow(x | Vector256.Create(-0f));

    /// <summary>log(1 + x) for x in [0, 1], relative error below 3e-7: 2·artanh(s), s = x / (2 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogOfOnePlus(Vector256<float> x) => TwiceArtanh(x / (x + Vector256.Create(2f)));

    /// <summary>log x for positive normal x, error below 1e-7 · max(1, |log x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        // x = m · 2ⁿ with m in [√½, √2).
        Vector256<int> shifted = x.AsInt32() - Vector256.Create(0x3F3504F3);
        Vector256<float> n = Vector256.ConvertToSingle(shifted >> 23);
        Vector256<float> m = ((shifted & Vector256.Create(0x007FFFFF)) + Vector256.Create(0x3F3504F3)).AsSingle();
        Vector256<float> one = Vector256<float>.One;
        return n * Ln2High + (n * Ln2Low + TwiceArtanh((m - one) / (m + one)));
    }

    /// <summary>Lanes whose bit is set in the low byte of <paramref name="bits"/>, lane 0 the lowest: all ones, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mask(ulong bits)
    {
        Vector256<int> powers = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        return Vector256.Equals(Vector256.Create((int)bits) & powers, powers).AsSingle();
    }

    /// <summary>The sum of all lanes, always in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> v)
    {
        Vector128<float> half = v.GetLower() + v.GetUpper();
        return half[0] + half[2] + (half[1] + half[3]);
    }

    /// <summary>The sum of all lanes, always in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector256<double> v) => v[0] + v[2] + (v[1] + v[3]);

    // x ≤ 89. e^x = 2ⁿ · e^r, |r| ≤ ½ log 2; fitted: (e^r − 1 − r) / r², to 8e-9 of e^r.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpBelowOverflow(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(-88f), x);
        Vector256<float> shifted = x * Log2E + Vector256.Create(Rounder);
        Vector256<float> n = shifted - Vector256.Create(Rounder);
        Vector256<float> r = x - n * Ln2High - n * Ln2Low;
        Vector256<float> p = r * 0.0013926250831f + Vector256.Create(0.0083632328837f);
        p = p * r + Vector256.Create(0.041666554213f);
        p = p * r + Vector256.Create(0.16666576666f);
        p = p * r + Vector256.Create(0.5f);
        p = p * (r * r) + r + Vector256<float>.One;
        Vector256<float> scale = ((shifted.AsInt32() << 23) + Vector256.Create(0x3F800000)).AsSingle();
        return p * scale;
    }

    // |s| ≤ 1/3; fitted: (artanh(s)/s − 1) / s², to 6e-9 of artanh.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TwiceArtanh(Vector256<float> s)
    {
        Vector256<float> z = s * s;
        Vector256<float> q = z * 0.13428395703f + Vector256.Create(0.14117943954f);
        q = q * z + Vector256.Create(0.20003792437f);
        q = q * z + Vector256.Create(0.33333320113f);
        Vector256<float> twice = s + s;
        return twice * z * q + twice;
    }
}
