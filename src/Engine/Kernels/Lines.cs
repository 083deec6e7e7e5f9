using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Running sums of some 64-byte lines of a row, kept in registers. Kernels combine them to their width.</summary>
/// <remarks>Vector512 is one template for every machine: where there is no AVX-512 the compiler makes two 256-bit or four
/// 128-bit operations of each, with the same sums.</remarks>
internal unsafe interface ILines<TSelf> where TSelf : struct, ILines<TSelf>
{
    /// <summary>Floats held.</summary>
    static abstract int Width { get; }

    /// <summary>Sums that start from these values, aligned or not.</summary>
    static abstract TSelf Load(float* from);

    /// <summary>Adds values on 64-byte boundaries.</summary>
    void Add(float* terms);

    /// <summary>Adds other sums.</summary>
    void Add(in TSelf other);

    /// <summary>Writes the sums on 64-byte boundaries.</summary>
    void Store(float* to);

    /// <summary>Adds scale · the sums to what is there, on 64-byte boundaries.</summary>
    void AddTo(float* to, float scale);
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
    public void Add(in NoLines other) { }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) { }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(float* to, float scale) { }
}

/// <summary>One line: 16 floats.</summary>
internal unsafe struct OneLine(Vector512<float> sums) : ILines<OneLine>
{
    private Vector512<float> sums = sums;

    public static int Width => Matrix.Alignment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLine Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* terms) => sums += Vector512.LoadAligned(terms);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in OneLine other) => sums += other.sums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to) => sums.StoreAligned(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(float* to, float scale) => (Vector512.LoadAligned(to) + sums * scale).StoreAligned(to);
}

/// <summary>Two lines: 32 floats.</summary>
internal unsafe struct TwoLines : ILines<TwoLines>
{
    private OneLine first, second;

    public static int Width => 2 * Matrix.Alignment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLines Load(float* from)
    {
        TwoLines lines;
        lines.first = OneLine.Load(from);
        lines.second = OneLine.Load(from + Matrix.Alignment);
        return lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* terms)
    {
        first.Add(terms);
        second.Add(terms + Matrix.Alignment);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TwoLines other)
    {
        first.Add(other.first);
        second.Add(other.second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to)
    {
        first.Store(to);
        second.Store(to + Matrix.Alignment);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(float* to, float scale)
    {
        first.AddTo(to, scale);
        second.AddTo(to + Matrix.Alignment, scale);
    }
}
