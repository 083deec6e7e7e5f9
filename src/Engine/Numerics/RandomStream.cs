using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DreamViz.Engine.Numerics;

/// <summary>What a random stream is drawn for; part of its key, so that no two uses share numbers.</summary>
public enum StreamPurpose
{
    /// <summary>Initial weights.</summary>
    Initialization = 1,

    /// <summary>The order of examples in an epoch.</summary>
    Shuffle,

    /// <summary>Binarization of grey values.</summary>
    Binarization,

    /// <summary>Wake phase: sampling the recognition network.</summary>
    Wake,

    /// <summary>Sleep phase: sampling the generative network.</summary>
    Sleep,

    /// <summary>Evaluation of bounds.</summary>
    Evaluation,

    /// <summary>Dreams drawn for display, with frozen noise.</summary>
    Display,

    /// <summary>Generated datasets and splits.</summary>
    Data,

    /// <summary>Initial weights of an estimator's baselines.</summary>
    Baseline,

    /// <summary>Wake phase: the antithetic partners of samples.</summary>
    Antithetic,

    /// <summary>Wake phase: the noise of relaxed explanations.</summary>
    Relaxation,

    /// <summary>Random directions on which gradients are projected.</summary>
    Projection,

    /// <summary>Which examples keep their label, and which label of an example comes first.</summary>
    Labels,
}

/// <summary>Names a random stream: equal keys give equal numbers, whatever the thread and whatever the order of use.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Purpose">What the numbers are for.</param>
/// <param name="Step">Training step, or another counter of the caller's.</param>
/// <param name="Layer">Layer, 0 the visible one.</param>
/// <param name="Block">Block of rows: kernels that draw by blocks count them from here.</param>
public readonly record struct StreamKey(ulong Seed, StreamPurpose Purpose, long Step = 0, int Layer = 0, int Block = 0);

/// <summary>Eight interleaved xoshiro128++ generators, seeded by hashing a <see cref="StreamKey"/> with SplitMix64.</summary>
/// <remarks>Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021; the seeding follows their
/// advice (SplitMix64, never all zero).</remarks>
public struct RandomStream
{
    private Vector256<uint> s0, s1, s2, s3;

    /// <summary>The stream that the key names.</summary>
    public RandomStream(StreamKey key)
    {
        ulong state = Mix(key.Seed + 0x9E3779B97F4A7C15);
        state = Mix(state ^ (ulong)key.Purpose * 0xD1342543DE82EF95);
        state = Mix(state ^ (ulong)key.Step);
        state = Mix(state ^ ((ulong)(uint)key.Layer << 32 | (uint)key.Block));
        s0 = NextSeed(ref state);
        s1 = NextSeed(ref state);
        s2 = NextSeed(ref state);
        s3 = NextSeed(ref state) | Vector256.Create(1u);
    }

    /// <summary>The four words of state, eight generators wide.</summary>
    internal readonly (Vector256<uint> S0, Vector256<uint> S1, Vector256<uint> S2, Vector256<uint> S3) State => (s0, s1, s2, s3);

    /// <summary>The next 8 × 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> NextBits()
    {
        Vector256<uint> result = RotateLeft(s0 + s3, 7) + s0;
        Vector256<uint> t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = RotateLeft(s3, 11);
        return result;
    }

    /// <summary>The next 8 uniform numbers: multiples of 2⁻²⁴ in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> NextUniform() =>
        Vector256.ConvertToSingle((NextBits() >> 8).AsInt32()) * (1f / (1 << 24));

    /// <summary>Sixteen uniform numbers as two draws of eight; one draw and zeros where no more than eight are wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<float> NextSixteenUniform(int wanted) => NextSixteenIntegers(wanted) * (1f / (1 << 24));

    /// <summary>The same times 2²⁴: integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<float> NextSixteenIntegers(int wanted)
    {
        Vector256<uint> first = NextBits(), second = wanted > 8 ? NextBits() : Vector256<uint>.Zero;
        return Vector512.ConvertToSingle((first.ToVector512Unsafe().WithUpper(second) >> 8).AsInt32());
    }

    /// <summary>Overwrites the span with uniform numbers in [0, 1), eight lanes at a time.</summary>
    public void FillUniform(Span<float> destination)
    {
        int i = 0;
        for (; i + 8 <= destination.Length; i += 8) NextUniform().CopyTo(destination[i..]);
        if (i == destination.Length) return;
        Vector256<float> rest = NextUniform();
        for (int lane = 0; i < destination.Length; i++, lane++) destination[i] = rest[lane];
    }

    /// <summary>Overwrites the span with draws from N(0, standardDeviation²) by the Box–Muller transform.</summary>
    public void FillNormal(Span<float> destination, double standardDeviation)
    {
        Span<float> u = stackalloc float[16];
        for (int i = 0; i < destination.Length; i += 16)
        {
            FillUniform(u);
            for (int j = 0; j < 16 && i + j < destination.Length; j += 2)
            {
                double radius = Math.Sqrt(-2 * Math.Log(1 - u[j])) * standardDeviation;
                (double sin, double cos) = Math.SinCos(2 * Math.PI * u[j + 1]);
                destination[i + j] = (float)(radius * cos);
                if (i + j + 1 < destination.Length) destination[i + j + 1] = (float)(radius * sin);
            }
        }
    }

    /// <summary>Overwrites the span with a uniformly random permutation of 0 … length − 1 (Fisher–Yates).</summary>
    public void FillPermutation(Span<int> destination)
    {
        Span<uint> bits = stackalloc uint[8];
        for (int i = 0; i < destination.Length; i++) destination[i] = i;
        for (int i = destination.Length - 1, lane = 0; i > 0; i--, lane = (lane + 1) & 7)
        {
            if (lane == 0) NextBits().CopyTo(bits);
            int j = (int)((ulong)bits[lane] * (uint)(i + 1) >> 32);
            (destination[i], destination[j]) = (destination[j], destination[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> RotateLeft(Vector256<uint> v, [ConstantExpected] byte count) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(v, count) : v << count | v >> (32 - count);

    private static Vector256<uint> NextSeed(ref ulong state)
    {
        Span<uint> lanes = stackalloc uint[8];
        for (int lane = 0; lane < 8; lane += 2)
        {
            state += 0x9E3779B97F4A7C15;
            ulong word = Mix(state);
            lanes[lane] = (uint)word;
            lanes[lane + 1] = (uint)(word >> 32);
        }

        return Vector256.Create<uint>(lanes);
    }

    /// <summary>SplitMix64's output function.</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
