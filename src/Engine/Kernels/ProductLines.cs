using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Running sums of some rows and some 64-byte lines of a dense product, kept in registers.</summary>
internal unsafe interface IProductLines<TSelf, TRows>
    where TSelf : struct, IProductLines<TSelf, TRows> where TRows : struct, IVectors<TRows>
{
    /// <summary>Every row starts from the same line.</summary>
    static abstract TSelf Load(float* initial);

    /// <summary>Adds to each row its factor times the line of values.</summary>
    void Add(TRows factors, float* values);

    /// <summary>Writes the sums, rows stride floats apart.</summary>
    void Store(float* to, nint stride);

    /// <summary>Adds the sums to what is there.</summary>
    void AddTo(float* to, nint stride);
}

/// <summary>One line.</summary>
internal unsafe struct ProductLine<TRows> : IProductLines<ProductLine<TRows>, TRows> where TRows : struct, IVectors<TRows>
{
    private TRows sums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProductLine<TRows> Load(float* initial)
    {
        ProductLine<TRows> line;
        line.sums = TRows.Create(Vector512.Load(initial));
        return line;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TRows factors, float* values) => sums += factors * Vector512.LoadAligned(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to, nint stride) => sums.Store(to, stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(float* to, nint stride) => (TRows.Load(to, stride) + sums).Store(to, stride);
}

/// <summary>One line and some more.</summary>
internal unsafe struct AndMoreLines<TRows, TMore> : IProductLines<AndMoreLines<TRows, TMore>, TRows>
    where TRows : struct, IVectors<TRows> where TMore : struct, IProductLines<TMore, TRows>
{
    private ProductLine<TRows> first;
    private TMore more;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AndMoreLines<TRows, TMore> Load(float* initial)
    {
        AndMoreLines<TRows, TMore> lines;
        lines.first = ProductLine<TRows>.Load(initial);
        lines.more = TMore.Load(initial + Matrix.Alignment);
        return lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TRows factors, float* values)
    {
        first.Add(factors, values);
        more.Add(factors, values + Matrix.Alignment);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to, nint stride)
    {
        first.Store(to, stride);
        more.Store(to + Matrix.Alignment, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(float* to, nint stride)
    {
        first.AddTo(to, stride);
        more.AddTo(to + Matrix.Alignment, stride);
    }
}
