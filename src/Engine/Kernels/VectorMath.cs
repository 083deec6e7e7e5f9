using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DreamViz.Engine.Kernels;

/// <summary>Sixteen-lane functions that the element-wise kernels are made of.</summary>
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
    public static Vector512<float> Exp(Vector512<float> x) => Exp(new OneVector { Value = x }).Value;

    /// <summary>The same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x) where T : struct, IVectors<T> => ExpBelowOverflow(T.MinNative(Vector512.Create(89f), x));

    /// <summary>e^−|x|, relative error below 2e-7; exactly 0 above 87.7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpOfMinusAbsolute(Vector512<float> x) => ExpOfMinusAbsolute(new OneVector { Value = x }).Value;

    /// <summary>The same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpOfMinusAbsolute<T>(T x) where T : struct, IVectors<T> => ExpBelowOverflow(x | Vector512.Create(-0f));

    /// <summary>eˣ, relative error below 1e-4 where |x| ≤ 87; between 0 and 1e-37 below, above 1e37 above. May be fused: the bits are
    /// not the same on every machine. Fitted: 2^f for |f| ≤ ½, to 8e-5 of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> RoughExp(Vector512<float> x)
    {
        Vector512<float> t = Vector512.MinNative(Vector512.Create(126f), x * Log2E);
        t = Vector512.MaxNative(Vector512.Create(-126f), t);
        Vector512<float> shifted = t + Vector512.Create(Rounder);
        Vector512<float> f = t - (shifted - Vector512.Create(Rounder));
        Vector512<float> p = Vector512.MultiplyAddEstimate(f, Vector512.Create(0.05517156f), Vector512.Create(0.24261106f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.693261f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.99992808f));
        return (p.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
    }

    /// <summary>log(1 + x) for x in [0, 1], error below 5e-8: x − x²·q; fitted: q = (x − log(1 + x)) / x², to 4e-9 of the result.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOfOnePlus<T>(T x) where T : struct, IVectors<T>
    {
        T q = x * Vector512.Create(-0.0028738836683f) + Vector512.Create(0.017512242465f);
        q = q * x + Vector512.Create(-0.049931180328f);
        q = q * x + Vector512.Create(0.092029631787f);
        q = q * x + Vector512.Create(-0.1307132822f);
        q = q * x + Vector512.Create(0.16378508846f);
        q = q * x + Vector512.Create(-0.19959356161f);
        q = q * x + Vector512.Create(0.24997024127f);
        q = q * x + Vector512.Create(-0.3333324756f);
        q = q * x + Vector512.Create(0.49999999588f);
        return x - x * x * q;
    }

    /// <summary>log x for positive normal x, error below 1e-7 · max(1, |log x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        // x = m · 2ⁿ with m in [√½, √2).
        Vector512<int> shifted = x.AsInt32() - Vector512.Create(0x3F3504F3);
        Vector512<float> n = Vector512.ConvertToSingle(shifted >> 23);
        Vector512<float> m = ((shifted & Vector512.Create(0x007FFFFF)) + Vector512.Create(0x3F3504F3)).AsSingle();
        Vector512<float> one = Vector512<float>.One;
        return n * Ln2High + (n * Ln2Low + TwiceArtanh((m - one) / (m + one)));
    }

    /// <summary>2ⁿ where n stands in the lowest bits of a lane, below 2²³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> PowerOfTwo(Vector512<float> n) => ((n.AsInt32() << 23) + Vector512.Create(0x3F800000)).AsSingle();

    /// <summary>x where a &lt; 0, y elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WhereNegative(Vector512<float> a, Vector512<float> x, Vector512<float> y) =>
        Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512<float>.Zero), x, y);

    /// <summary>Lanes whose bit is set in the low 16 of <paramref name="bits"/>, lane 0 the lowest: all ones, else zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mask(ulong bits)
    {
        Vector512<int> powers = Vector512.Create(
            1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return Vector512.Equals(Vector512.Create((int)bits) & powers, powers).AsSingle();
    }

    /// <summary>The sum of all lanes, always in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> v)
    {
        Vector128<float> quarter = Quarter(v);
        return quarter[0] + quarter[2] + (quarter[1] + quarter[3]);
    }

    /// <summary>The same of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector512<float> x, Vector512<float> y, Vector512<float> z, Vector512<float> w)
    {
        if (!Sse3.IsSupported) return Vector128.Create(Sum(x), Sum(y), Sum(z), Sum(w));
        Vector128<float> a = Quarter(x), b = Quarter(y), c = Quarter(z), d = Quarter(w);
        return Sse3.HorizontalAdd(Sse.MoveLowToHigh(a, b) + Sse.MoveHighToLow(b, a), Sse.MoveLowToHigh(c, d) + Sse.MoveHighToLow(d, c));
    }

    /// <summary>The sum of all lanes, always in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> v)
    {
        Vector256<double> half = v.GetLower() + v.GetUpper();
        return half[0] + half[2] + (half[1] + half[3]);
    }

    // Four partial sums.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> v)
    {
        Vector256<float> half = v.GetLower() + v.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    // x ≤ 89. e^x = 2ⁿ · e^r, |r| ≤ ½ log 2; fitted: (e^r − 1 − r) / r², to 8e-9 of e^r.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpBelowOverflow<T>(T x) where T : struct, IVectors<T>
    {
        x = T.MaxNative(Vector512.Create(-88f), x);
        T shifted = x * Vector512.Create(Log2E) + Vector512.Create(Rounder);
        T n = shifted - Vector512.Create(Rounder);
        T r = x - n * Vector512.Create(Ln2High) - n * Vector512.Create(Ln2Low);
        T p = r * Vector512.Create(0.0013926250831f) + Vector512.Create(0.0083632328837f);
        p = p * r + Vector512.Create(0.041666554213f);
        p = p * r + Vector512.Create(0.16666576666f);
        p = p * r + Vector512.Create(0.5f);
        p = p * (r * r) + r + Vector512<float>.One;
        return p * T.PowerOfTwo(shifted);
    }

    // |s| ≤ 1/3; fitted: (artanh(s)/s − 1) / s², to 6e-9 of artanh.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TwiceArtanh(Vector512<float> s)
    {
        Vector512<float> z = s * s;
        Vector512<float> q = z * 0.13428395703f + Vector512.Create(0.14117943954f);
        q = q * z + Vector512.Create(0.20003792437f);
        q = q * z + Vector512.Create(0.33333320113f);
        Vector512<float> twice = s + s;
        return twice * z * q + twice;
    }
}
