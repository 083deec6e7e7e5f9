using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>result [M, N] = initial + factors · values, or result += factors · values, by ranges of rows.</summary>
/// <remarks>Never fused. An element's sum runs over the terms in order, whatever the other rows. What the padding of the values
/// holds is summed too.</remarks>
internal readonly unsafe struct DenseProduct : IRangeWork
{
    /// <summary>The first factor.</summary>
    public required float* Factors { get; init; }

    /// <summary>Floats from a row's factor to the next row's.</summary>
    public required int RowStride { get; init; }

    /// <summary>Floats from a term's factor to the next term's.</summary>
    public required int TermStride { get; init; }

    /// <summary>How many terms a sum has.</summary>
    public required int Terms { get; init; }

    /// <summary>[Terms, Stride] what the factors multiply.</summary>
    public required float* Values { get; init; }

    /// <summary>[Stride] what every row starts from; null: sums start from zero and are added to the result.</summary>
    public required float* Initial { get; init; }

    /// <summary>[M, Stride] where the sums go.</summary>
    public required float* Result { get; init; }

    /// <summary>Floats from one row of values, and of the result, to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>Does rows start … end − 1. The values of some lines stay in a cache while all rows pass over them.</summary>
    public void Run(int start, int end)
    {
        int c = 0, four = 4 * Matrix.Alignment;
        // Sixteen times two or more vectors do not fit the registers.
        for (; Vector512.IsHardwareAccelerated && c + four <= Stride; c += four)
        {
            for (int row = start; row < end;)
                row += row + FourVectors.Count <= end ? FourLines<FourVectors>(row, c) : FourLines<OneVector>(row, c);
        }

        for (; c < Stride; c += Matrix.Alignment)
        {
            for (int row = start; row < end;)
                row += row + FourVectors.Count <= end ? OneLine<FourVectors>(row, c) : OneLine<OneVector>(row, c);
        }
    }

    // As many rows as there are vectors; returns how many.
    [MethodImpl(Compiled.Alone)]
    private int FourLines<TRows>(int row, int c) where TRows : struct, IVectors<TRows>
    {
        const int Line = Matrix.Alignment;
        nint rowStride = RowStride, termStride = TermStride, stride = Stride;
        float* from = Factors + row * rowStride, v = Values + c;
        TRows sum0 = First<TRows>(c), sum1 = First<TRows>(c + Line), sum2 = First<TRows>(c + 2 * Line), sum3 = First<TRows>(c + 3 * Line);
        for (int term = 0; term < Terms; term++, from += termStride, v += stride)
        {
            TRows factors = TRows.CreateEach(from, rowStride);
            sum0 += factors * TRows.Create(Vector512.LoadAligned(v));
            sum1 += factors * TRows.Create(Vector512.LoadAligned(v + Line));
            sum2 += factors * TRows.Create(Vector512.LoadAligned(v + 2 * Line));
            sum3 += factors * TRows.Create(Vector512.LoadAligned(v + 3 * Line));
        }

        Put(sum0, row, c);
        Put(sum1, row, c + Line);
        Put(sum2, row, c + 2 * Line);
        Put(sum3, row, c + 3 * Line);
        return TRows.Count;
    }

    [MethodImpl(Compiled.Alone)]
    private int OneLine<TRows>(int row, int c) where TRows : struct, IVectors<TRows>
    {
        nint rowStride = RowStride, termStride = TermStride, stride = Stride;
        float* from = Factors + row * rowStride, v = Values + c;
        TRows sum = First<TRows>(c);
        for (int term = 0; term < Terms; term++, from += termStride, v += stride)
            sum += TRows.CreateEach(from, rowStride) * TRows.Create(Vector512.LoadAligned(v));
        Put(sum, row, c);
        return TRows.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TRows First<TRows>(int c) where TRows : struct, IVectors<TRows> =>
        TRows.Create(Initial == null ? Vector512<float>.Zero : Vector512.Load(Initial + c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<TRows>(TRows sums, int row, int c) where TRows : struct, IVectors<TRows>
    {
        float* to = Result + (long)row * Stride + c;
        if (Initial == null) sums = TRows.Load(to, Stride) + sums;
        sums.Store(to, Stride);
    }
}
