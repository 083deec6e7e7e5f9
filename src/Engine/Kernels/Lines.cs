using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Running sums of some 64-byte lines of a row, kept in registers. Kernels combine three of them to their width.</summary>
/// <remarks>No more than four vectors in each: structs of that size are taken apart into registers.</remarks>
internal unsafe interface ILines<TSelf> where TSelf : struct, ILines<TSelf>
{
    /// <summary>Floats held.</summary>
    static abstract int Width { get; }

    static abstract TSelf Load(float* from);

    void Add(float* terms);

    void Store(float* to);
}

/// <summary>Nothing: takes the place of lines that a narrow kernel does not have.</summary>
internal readonly unsafe struct NoLines : ILines<NoLines>
{
    public static int Width => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NoLines Load(float* from) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* terms) { }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) { }
}

/// <summary>One line: 16 floats.</summary>
internal unsafe struct OneLine : ILines<OneLine>
{
    private Vector256<float> v0, v1;

    public static int Width => Matrix.Alignment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLine Load(float* from)
    {
        OneLine lines;
        lines.v0 = Vector256.LoadAligned(from);
        lines.v1 = Vector256.LoadAligned(from + 8);
        return lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* terms)
    {
        v0 += Vector256.LoadAligned(terms);
        v1 += Vector256.LoadAligned(terms + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to)
    {
        v0.StoreAligned(to);
        v1.StoreAligned(to + 8);
    }
}

/// <summary>Two lines: 32 floats.</summary>
internal unsafe struct TwoLines : ILines<TwoLines>
{
    private Vector256<float> v0, v1, v2, v3;

    public static int Width => 2 * Matrix.Alignment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLines Load(float* from)
    {
        TwoLines lines;
        lines.v0 = Vector256.LoadAligned(from);
        lines.v1 = Vector256.LoadAligned(from + 8);
        lines.v2 = Vector256.LoadAligned(from + 16);
        lines.v3 = Vector256.LoadAligned(from + 24);
        return lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* terms)
    {
        v0 += Vector256.LoadAligned(terms);
        v1 += Vector256.LoadAligned(terms + 8);
        v2 += Vector256.LoadAligned(terms + 16);
        v3 += Vector256.LoadAligned(terms + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to)
    {
        v0.StoreAligned(to);
        v1.StoreAligned(to + 8);
        v2.StoreAligned(to + 16);
        v3.StoreAligned(to + 24);
    }
}
