using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Running sums of two columns and some blocks of 16 rows of a binary product, a lane a row, kept in registers.</summary>
internal unsafe interface IRowBlocks<TSelf> where TSelf : struct, IRowBlocks<TSelf>
{
    /// <summary>Rows held.</summary>
    static abstract int Rows { get; }

    /// <summary>Every row starts from the same two values.</summary>
    static abstract TSelf Create(float* two);

    /// <summary>Sums [2, stride] that go on, the rows at the front of each column.</summary>
    static abstract TSelf Load(float* sums, nint stride);

    /// <summary>Adds to each row its entry [rows] of each column's table, low and high half.</summary>
    void Add(int* entries, Vector512<float> low0, Vector512<float> high0, Vector512<float> low1, Vector512<float> high1);

    /// <summary>The same for one block; where there is no such block, does nothing.</summary>
    void AddBlock(
        int block, int* entries, Vector512<float> low0, Vector512<float> high0, Vector512<float> low1, Vector512<float> high1);

    /// <summary>Writes the sums to where <see cref="Load"/> finds them.</summary>
    void Store(float* sums, nint stride);
}

/// <summary>One block.</summary>
internal unsafe struct RowBlock : IRowBlocks<RowBlock>
{
    private Vector512<float> column0, column1;

    public static int Rows => Matrix.Alignment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBlock Create(float* two)
    {
        RowBlock block;
        block.column0 = Vector512.Create(two[0]);
        block.column1 = Vector512.Create(two[1]);
        return block;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBlock Load(float* sums, nint stride)
    {
        RowBlock block;
        block.column0 = Vector512.LoadAligned(sums);
        block.column1 = Vector512.LoadAligned(sums + stride);
        return block;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int* entries, Vector512<float> low0, Vector512<float> high0, Vector512<float> low1, Vector512<float> high1)
    {
        Vector512<int> chosen = Vector512.LoadAligned(entries);
        column0 += Avx512F.PermuteVar16x32x2(low0, chosen, high0);
        column1 += Avx512F.PermuteVar16x32x2(low1, chosen, high1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBlock(
        int block, int* entries, Vector512<float> low0, Vector512<float> high0, Vector512<float> low1, Vector512<float> high1)
    {
        if (block == 0) Add(entries, low0, high0, low1, high1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* sums, nint stride)
    {
        column0.StoreAligned(sums);
        column1.StoreAligned(sums + stride);
    }
}

/// <summary>One block and some more.</summary>
internal unsafe struct AndMore<TMore> : IRowBlocks<AndMore<TMore>> where TMore : struct, IRowBlocks<TMore>
{
    private RowBlock first;
    private TMore more;

    public static int Rows => RowBlock.Rows + TMore.Rows;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AndMore<TMore> Create(float* two)
    {
        AndMore<TMore> blocks;
        blocks.first = RowBlock.Create(two);
        blocks.more = TMore.Create(two);
        return blocks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AndMore<TMore> Load(float* sums, nint stride)
    {
        AndMore<TMore> blocks;
        blocks.first = RowBlock.Load(sums, stride);
        blocks.more = TMore.Load(sums + RowBlock.Rows, stride);
        return blocks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int* entries, Vector512<float> low0, Vector512<float> high0, Vector512<float> low1, Vector512<float> high1)
    {
        first.Add(entries, low0, high0, low1, high1);
        more.Add(entries + RowBlock.Rows, low0, high0, low1, high1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBlock(
        int block, int* entries, Vector512<float> low0, Vector512<float> high0, Vector512<float> low1, Vector512<float> high1)
    {
        if (block == 0) first.Add(entries, low0, high0, low1, high1);
        else more.AddBlock(block - 1, entries + RowBlock.Rows, low0, high0, low1, high1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* sums, nint stride)
    {
        first.Store(sums, stride);
        more.Store(sums + RowBlock.Rows, stride);
    }
}
