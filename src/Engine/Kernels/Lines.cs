using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Running sums of some 64-byte lines of a row, kept in registers. Kernels combine them to their width.</summary>
/// <remarks>Vector512 is one template for every machine: where there is no AVX-512 the compiler makes two 256-bit or four
/// 128-bit operations of each, with the same sums.</remarks>
internal unsafe interface ILines<TSelf> where TSelf : struct, ILines<TSelf>
{
    /// <summary>Floats held.</summary>
    static abstract int Width { get; }

    /// <summary>Brings values on their way to the second-level cache.</summary>
    static abstract void Fetch(float* from);

    /// <summary>Sums that start from these values, aligned or not.</summary>
    static abstract TSelf Load(float* from);

    /// <summary>Adds values on 64-byte boundaries.</summary>
    void Add(float* terms);

    /// <summary>Writes the sums on 64-byte boundaries.</summary>
    void Store(float* to);

    /// <summary>Adds scale · the sums to what is there, on 64-byte boundaries.</summary>
    void AddTo(float* to, float scale);
}

/// <summary>One line: 16 floats.</summary>
internal unsafe struct OneLine(Vector512<float> sums) : ILines<OneLine>
{
    private Vector512<float> sums = sums;

    public static int Width => Matrix.Alignment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* from) => Sse.Prefetch1(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLine Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* terms) => sums += Vector512.LoadAligned(terms);

    /// <summary>Adds other sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in OneLine other) => sums += other.sums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to) => sums.StoreAligned(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(float* to, float scale) => (Vector512.LoadAligned(to) + sums * scale).StoreAligned(to);
}

/// <summary>As many lines twice over, side by side.</summary>
internal unsafe struct Twice<TLines> : ILines<Twice<TLines>> where TLines : struct, ILines<TLines>
{
    private TLines first, second;

    public static int Width => 2 * TLines.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* from)
    {
        TLines.Fetch(from);
        TLines.Fetch(from + TLines.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<TLines> Load(float* from)
    {
        Twice<TLines> lines;
        lines.first = TLines.Load(from);
        lines.second = TLines.Load(from + TLines.Width);
        return lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* terms)
    {
        first.Add(terms);
        second.Add(terms + TLines.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to)
    {
        first.Store(to);
        second.Store(to + TLines.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(float* to, float scale)
    {
        first.AddTo(to, scale);
        second.AddTo(to + TLines.Width, scale);
    }
}

/// <summary>Some lines and one more.</summary>
internal unsafe struct OneMore<TLines> : ILines<OneMore<TLines>> where TLines : struct, ILines<TLines>
{
    private TLines lines;
    private OneLine last;

    public static int Width => TLines.Width + OneLine.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* from)
    {
        TLines.Fetch(from);
        OneLine.Fetch(from + TLines.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneMore<TLines> Load(float* from)
    {
        OneMore<TLines> all;
        all.lines = TLines.Load(from);
        all.last = OneLine.Load(from + TLines.Width);
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* terms)
    {
        lines.Add(terms);
        last.Add(terms + TLines.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to)
    {
        lines.Store(to);
        last.Store(to + TLines.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(float* to, float scale)
    {
        lines.AddTo(to, scale);
        last.AddTo(to + TLines.Width, scale);
    }
}
