using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>The errors of <see cref="BernoulliError"/>, any rows and columns of them, with their sums over the rows.</summary>
internal readonly unsafe struct ErrorColumns
{
    /// <summary>[B, Words] the children.</summary>
    public ulong* Bits { get; init; }

    /// <summary>Words to a row of bits.</summary>
    public int Words { get; init; }

    /// <summary>[B, LogitStride] a; where all rows have the same [D] σ(a).</summary>
    public float* Logits { get; init; }

    /// <summary>Floats from one row of logits to the next; 0 where all rows have the same.</summary>
    public int LogitStride { get; init; }

    /// <summary>[B] w; null where all are one.</summary>
    public float* Weights { get; init; }

    /// <summary>What rounds errors to the quantum.</summary>
    public float Rounder { get; init; }

    /// <summary>[B, ErrorStride] where errors go.</summary>
    public float* Errors { get; init; }

    /// <summary>Floats from one row of errors to the next.</summary>
    public int ErrorStride { get; init; }

    /// <summary>D.</summary>
    public int Columns { get; init; }

    /// <summary>Asks for the children's bits of the first rows and these columns.</summary>
    public void FetchBits(int rows, int firstColumn, int endColumn)
    {
        byte* bits = (byte*)Bits + firstColumn / 8;
        Fetching.FetchRows(bits, rows, (nint)Words * sizeof(ulong), (endColumn - firstColumn + 7) / 8);
    }

    /// <summary>Overwrites the errors of these rows and columns, and the sums of these columns [ErrorStride].</summary>
    public void Compute(int firstRow, int endRow, int firstColumn, int endColumn, float* sums)
    {
        if (LogitStride == 0) Compute<Ready>(firstRow, endRow, firstColumn, endColumn, sums);
        else Compute<OfLogits>(firstRow, endRow, firstColumn, endColumn, sums);
    }

    private void Compute<TReading>(int firstRow, int endRow, int firstColumn, int endColumn, float* sums) where TReading : IReading
    {
        int end = Math.Min(endColumn, Columns), row = firstRow;
        for (int c = firstColumn; c < end; c += Matrix.Alignment) Vector512<float>.Zero.StoreAligned(sums + c);
        // Four times two or more vectors do not fit the registers.
        if (Vector512.IsHardwareAccelerated) row = AddRows<TReading, FourVectors>(row, endRow, firstColumn, end, sums);
        AddRows<TReading, OneVector>(row, endRow, firstColumn, end, sums);
    }

    // As many rows at a time as there are vectors; returns the first row that is left.
    [MethodImpl(Compiled.Alone)]
    private int AddRows<TReading, T>(int row, int endRow, int firstColumn, int endColumn, float* sums)
        where TReading : IReading where T : struct, IVectors<T>
    {
        nint bitStride = Words * (sizeof(ulong) / sizeof(ushort)), logitStride = LogitStride, errorStride = ErrorStride;
        Vector512<float> rounder = Vector512.Create(Rounder), one = Vector512<float>.One;
        for (; row + T.Count <= endRow; row += T.Count)
        {
            T w = Weights == null ? T.Create(one) : T.CreateEach(Weights + row, 1);
            ushort* bits = (ushort*)Bits + row * bitStride;
            float* logits = Logits + row * logitStride, errors = Errors + row * errorStride;
            for (int c = firstColumn; c < endColumn; c += Matrix.Alignment)
            {
                T mean = T.Load(logits + c, logitStride);
                if (!TReading.IsReady) mean = Sigmoid.Compute(mean);
                T error = ((T.LoadMask(bits + c / Matrix.Alignment, bitStride) & one) - mean) * w + rounder - rounder;
                if (endColumn - c < Matrix.Alignment) error &= VectorMath.Mask((1UL << (endColumn - c)) - 1);
                error.Store(errors + c, errorStride);
                error.AddTo(Vector512.LoadAligned(sums + c)).StoreAligned(sums + c);
            }
        }

        return row;
    }
}
