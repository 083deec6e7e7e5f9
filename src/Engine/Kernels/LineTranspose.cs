using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>The transpose of 16 × 16 floats. Needs AVX-512.</summary>
internal static unsafe class LineTranspose
{
    private const int Lanes = Matrix.Alignment;

    /// <summary>To the end to [i] + offset goes number i of all 16 sources, which lie stride apart; all on 64-byte boundaries.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<TEnd>(float* from, nint stride, float** to, nint offset, float scale) where TEnd : struct, IRowEnd
    {
        Four a = Quarters(from, stride), b = Quarters(from + 4 * stride, stride);
        Four c = Quarters(from + 8 * stride, stride), d = Quarters(from + 12 * stride, stride);
        PutQuarters<TEnd>(a.V0, b.V0, c.V0, d.V0, to, offset, scale);
        PutQuarters<TEnd>(a.V1, b.V1, c.V1, d.V1, to + 1, offset, scale);
        PutQuarters<TEnd>(a.V2, b.V2, c.V2, d.V2, to + 2, offset, scale);
        PutQuarters<TEnd>(a.V3, b.V3, c.V3, d.V3, to + 3, offset, scale);
    }

    // Within each quarter of the lines: Vj holds number 4q + j of the four sources in its quarter q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Four Quarters(float* from, nint stride)
    {
        Vector512<float> s0 = Vector512.LoadAligned(from), s1 = Vector512.LoadAligned(from + stride);
        Vector512<float> s2 = Vector512.LoadAligned(from + 2 * stride), s3 = Vector512.LoadAligned(from + 3 * stride);
        Vector512<double> low01 = Avx512F.UnpackLow(s0, s1).AsDouble(), high01 = Avx512F.UnpackHigh(s0, s1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(s2, s3).AsDouble(), high23 = Avx512F.UnpackHigh(s2, s3).AsDouble();
        return new Four(Avx512F.UnpackLow(low01, low23).AsSingle(), Avx512F.UnpackHigh(low01, low23).AsSingle(),
            Avx512F.UnpackLow(high01, high23).AsSingle(), Avx512F.UnpackHigh(high01, high23).AsSingle());
    }

    // Quarter q of each goes to end 4q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutQuarters<TEnd>(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float** to, nint offset,
        float scale)
        where TEnd : struct, IRowEnd
    {
        Vector512<float> lowAb = Avx512F.Shuffle4x128(a, b, 0x44), highAb = Avx512F.Shuffle4x128(a, b, 0xEE);
        Vector512<float> lowCd = Avx512F.Shuffle4x128(c, d, 0x44), highCd = Avx512F.Shuffle4x128(c, d, 0xEE);
        PutLine<TEnd>(Avx512F.Shuffle4x128(lowAb, lowCd, 0x88), to[0] + offset, scale);
        PutLine<TEnd>(Avx512F.Shuffle4x128(lowAb, lowCd, 0xDD), to[4] + offset, scale);
        PutLine<TEnd>(Avx512F.Shuffle4x128(highAb, highCd, 0x88), to[8] + offset, scale);
        PutLine<TEnd>(Avx512F.Shuffle4x128(highAb, highCd, 0xDD), to[12] + offset, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutLine<TEnd>(Vector512<float> line, float* to, float scale) where TEnd : struct, IRowEnd
    {
        OneLine sums = new(line);
        TEnd.Put(ref sums, to, scale);
    }

    private readonly struct Four(Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        public Vector512<float> V0 => v0;

        public Vector512<float> V1 => v1;

        public Vector512<float> V2 => v2;

        public Vector512<float> V3 => v3;
    }
}
