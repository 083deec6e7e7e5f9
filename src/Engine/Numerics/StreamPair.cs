using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DreamViz.Engine.Numerics;

/// <summary>One or two random streams that go on together.</summary>
internal interface IStreams<TSelf> where TSelf : struct, IStreams<TSelf>
{
    /// <summary>How many.</summary>
    static abstract int Count { get; }

    /// <summary>The next sixteen integers of each, as <see cref="RandomStream.NextSixteenIntegers"/>; zeros for a second that is not there.
    /// </summary>
    void NextSixteenIntegers(int wanted, out Vector512<float> first, out Vector512<float> second);

    /// <summary>Leaves out eight numbers of each.</summary>
    void SkipEight();
}

/// <summary>One.</summary>
internal struct SingleStream(RandomStream stream) : IStreams<SingleStream>
{
    private RandomStream stream = stream;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NextSixteenIntegers(int wanted, out Vector512<float> first, out Vector512<float> second)
    {
        first = stream.NextSixteenIntegers(wanted);
        second = Vector512<float>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipEight() => stream.NextBits();
}

/// <summary>Two, one in the lower and one in the upper half of every vector: where vectors have 512 bits, their numbers cost half as much as
/// those of one stream after the other.</summary>
internal struct StreamPair : IStreams<StreamPair>
{
    private Vector512<uint> s0, s1, s2, s3;

    public StreamPair(RandomStream first, RandomStream second)
    {
        (Vector256<uint> a0, Vector256<uint> a1, Vector256<uint> a2, Vector256<uint> a3) = first.State;
        (Vector256<uint> b0, Vector256<uint> b1, Vector256<uint> b2, Vector256<uint> b3) = second.State;
        s0 = Vector512.Create(a0, b0);
        s1 = Vector512.Create(a1, b1);
        s2 = Vector512.Create(a2, b2);
        s3 = Vector512.Create(a3, b3);
    }

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NextSixteenIntegers(int wanted, out Vector512<float> first, out Vector512<float> second)
    {
        Vector512<uint> low = NextBits() >> 8, high = wanted > 8 ? NextBits() >> 8 : Vector512<uint>.Zero;
        first = Vector512.ConvertToSingle(Vector512.Create(low.GetLower(), high.GetLower()).AsInt32());
        second = Vector512.ConvertToSingle(Vector512.Create(low.GetUpper(), high.GetUpper()).AsInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipEight() => NextBits();

    // As RandomStream.NextBits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<uint> NextBits()
    {
        Vector512<uint> result = RotateLeft(s0 + s3, 7) + s0;
        Vector512<uint> t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = RotateLeft(s3, 11);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> RotateLeft(Vector512<uint> v, [ConstantExpected] byte count) =>
        Avx512F.IsSupported ? Avx512F.RotateLeft(v, count) : v << count | v >> (32 - count);
}
