using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>result [M, N] = initial + factors · values, or result += initial + factors · values, by ranges of rows.</summary>
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

    /// <summary>[Stride] what every row starts from.</summary>
    public required float* Initial { get; init; }

    /// <summary>Whether sums are added to the result, not stored there.</summary>
    public required bool Adds { get; init; }

    /// <summary>[M, Stride] where the sums go.</summary>
    public required float* Result { get; init; }

    /// <summary>Floats from one row of values, and of the result, to the next.</summary>
    public required int Stride { get; init; }

    // More lines of four rows do not fit the registers; where a vector takes two or more of them, one does.
    private static int MostLines => Vector512.IsHardwareAccelerated ? 5 : 1;

    /// <summary>Does rows start … end − 1. The values of some lines stay in a cache while all rows pass over them.</summary>
    public void Run(int start, int end)
    {
        int lines = Stride / Matrix.Alignment, blocks = (lines + MostLines - 1) / MostLines;
        for (int block = 0; block < blocks; block++)
        {
            int first = lines * block / blocks, some = lines * (block + 1) / blocks - first, row = start;
            for (; row + FourVectors.Count <= end; row += FourVectors.Count)
            {
                if (Vector512.IsHardwareAccelerated) DoRows<FourVectors>(row, first * Matrix.Alignment, some);
                else DoFourRows(row, first * Matrix.Alignment);
            }

            for (; row < end; row++) DoRows<OneVector>(row, first * Matrix.Alignment, some);
        }
    }

    private void DoRows<TRows>(int row, int column, int lines) where TRows : struct, IVectors<TRows>
    {
        switch (lines)
        {
            case 1: Do<TRows, ProductLine<TRows>>(row, column); break;
            case 2: Do<TRows, AndMoreLines<TRows, ProductLine<TRows>>>(row, column); break;
            case 3: Do<TRows, AndMoreLines<TRows, AndMoreLines<TRows, ProductLine<TRows>>>>(row, column); break;
            case 4:
                Do<TRows, AndMoreLines<TRows, AndMoreLines<TRows, AndMoreLines<TRows, ProductLine<TRows>>>>>(row, column);
                break;
            default:
                Do<TRows, AndMoreLines<TRows, AndMoreLines<TRows, AndMoreLines<TRows, AndMoreLines<TRows, ProductLine<TRows>>>>>>(
                    row, column);
                break;
        }
    }

    // As many rows as there are vectors.
    [MethodImpl(Compiled.Alone)]
    private void Do<TRows, TLines>(int row, int column)
        where TRows : struct, IVectors<TRows> where TLines : struct, IProductLines<TLines, TRows>
    {
        nint rowStride = RowStride, termStride = TermStride, stride = Stride;
        float* factor = Factors + row * rowStride, line = Values + column, to = Result + row * stride + column;
        TLines sums = TLines.Load(Initial + column);
        for (int term = 0; term < Terms; term++, factor += termStride, line += stride) sums.Add(TRows.CreateEach(factor, rowStride), line);
        if (Adds) sums.AddTo(to, stride);
        else sums.Store(to, stride);
    }

    // One line, spelled out: of vectors that are several registers the compiler keeps no structs in registers.
    [MethodImpl(Compiled.Alone)]
    private void DoFourRows(int row, int column)
    {
        nint rowStride = RowStride, termStride = TermStride, stride = Stride;
        float* factor = Factors + row * rowStride, line = Values + column, to = Result + row * stride + column;
        Vector512<float> sum0 = Vector512.Load(Initial + column), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int term = 0; term < Terms; term++, factor += termStride, line += stride)
        {
            Vector512<float> values = Vector512.LoadAligned(line);
            sum0 += Vector512.Create(factor[0]) * values;
            sum1 += Vector512.Create(factor[rowStride]) * values;
            sum2 += Vector512.Create(factor[2 * rowStride]) * values;
            sum3 += Vector512.Create(factor[3 * rowStride]) * values;
        }

        FourVectors sums = new(sum0, sum1, sum2, sum3);
        if (Adds) sums = FourVectors.Load(to, stride) + sums;
        sums.Store(to, stride);
    }
}
