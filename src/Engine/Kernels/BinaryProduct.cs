using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>result [M, N] += bits [M, R] · values [R, N], the product under the forward pass and under the gradient.</summary>
/// <remarks>
/// A row with few ones adds the value rows it chooses one after the other (<see cref="ActiveRows"/>), one with many adds them
/// in sums of four (<see cref="FourRussians"/>): two orders of one sum. Which of them depends on the row's own bits alone, and
/// work is split by columns, so neither the other rows nor the threads change a result.
/// </remarks>
internal readonly unsafe struct BinaryProduct : IRangeWork
{
    // Value rows × result rows × floats that repay a second thread.
    private const long SmallestRange = 1 << 19;

    private readonly int* order;
    private readonly int sparse;
    private readonly int columns;
    private readonly float* bias;

    private BinaryProduct(
        ulong* bits, int rows, Matrix values, float* valueOrigin, float* bias, Matrix result, float* resultOrigin, int* order)
    {
        Bits = bits;
        Rows = rows;
        Terms = values.Rows;
        Words = (Terms + 63) / 64;
        Values = valueOrigin;
        ValueStride = values.Stride;
        Result = resultOrigin;
        ResultStride = result.Stride;
        columns = result.Columns;
        this.bias = bias;
        this.order = order;
        sparse = Sort(bits, rows, Words, Terms, order);
    }

    /// <summary>[M, Words] rows of bits, and a word behind them that may be read.</summary>
    public ulong* Bits { get; }

    /// <summary>M.</summary>
    public int Rows { get; }

    /// <summary>R.</summary>
    public int Terms { get; }

    /// <summary>Words to a row of bits.</summary>
    public int Words { get; }

    /// <summary>[R, ValueStride] what is added.</summary>
    public float* Values { get; }

    /// <summary>Floats from one value row to the next.</summary>
    public int ValueStride { get; }

    /// <summary>[M, ResultStride] what it is added to.</summary>
    public float* Result { get; }

    /// <summary>Floats from one row of the result to the next.</summary>
    public int ResultStride { get; }

    /// <summary>result += bits · values; where a bias (padded to the stride) is given, result = bias + bits · values. The padding
    /// of the result is zero.</summary>
    public static void Compute(ulong* bits, int rows, Matrix values, float* bias, Matrix result, WorkerTeam team)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(rows);
        fixed (int* order = rented)
        fixed (float* valueOrigin = &values.Origin, resultOrigin = &result.Origin)
        {
            BinaryProduct product = new(bits, rows, values, valueOrigin, bias, result, resultOrigin, order);
            long perLine = Math.Max(1, (long)rows * values.Rows * Matrix.Alignment);
            team.Run(product, result.Stride / Matrix.Alignment, (int)(SmallestRange / perLine));
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>What the sums of a column start from: its bias; null where they go on from the result.</summary>
    public float* Initial(int column) => bias == null ? null : bias + column;

    /// <summary>Does the 64-byte lines start … end − 1 of every row.</summary>
    public void Run(int start, int end)
    {
        if (sparse > 0) ActiveRows.Add(this, order, sparse, start, end);
        if (sparse < Rows) FourRussians.Add(this, order + sparse, Rows - sparse, start, end);
        if (end * Matrix.Alignment == ResultStride) ClearPadding();
    }

    // The padding of the values may hold anything, and was added too.
    private void ClearPadding()
    {
        if (columns == ResultStride) return;
        for (long row = 0; row < Rows; row++) new Span<float>(Result + row * ResultStride + columns, ResultStride - columns).Clear();
    }

    // Sparse rows to the front, dense rows to the back; returns the number of sparse ones.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Sort(ulong* bits, int rows, int words, int terms, int* order)
    {
        int front = 0, back = rows;
        for (int row = 0; row < rows; row++)
        {
            int ones = 0;
            for (int w = 0; w < words; w++) ones += BitOperations.PopCount(*bits++);
            if (ones * 10L < terms * 3L) order[front++] = row;
            else order[--back] = row;
        }

        return front;
    }
}
