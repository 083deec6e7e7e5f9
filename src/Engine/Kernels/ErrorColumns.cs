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

    /// <summary>Overwrites the errors of these rows and columns, and the sums of these columns [ErrorStride].</summary>
    public void Compute(int firstRow, int endRow, int firstColumn, int endColumn, float* sums)
    {
        if (LogitStride == 0) Compute<Ready>(firstRow, endRow, firstColumn, endColumn, sums);
        else Compute<OfLogits>(firstRow, endRow, firstColumn, endColumn, sums);
    }

    [MethodImpl(Compiled.Alone)]
    private void Compute<TReading>(int firstRow, int endRow, int firstColumn, int endColumn, float* sums) where TReading : IReading
    {
        Vector512<float> r = Vector512.Create(Rounder);
        int end = Math.Min(endColumn, Columns), words = Words;
        for (int c = firstColumn; c < end; c += Matrix.Alignment) Vector512<float>.Zero.StoreAligned(sums + c);
        for (int row = firstRow; row < endRow; row++)
        {
            Vector512<float> w = Weights == null ? Vector512<float>.One : Vector512.Create(Weights[row]);
            ulong* rowBits = Bits + (long)row * words;
            float* rowLogits = Logits + (long)row * LogitStride, rowErrors = Errors + (long)row * ErrorStride;
            for (int c = firstColumn; c < end; c += Matrix.Alignment)
            {
                Vector512<float> bit = VectorMath.Mask(rowBits[c >> 6] >> (c & 63)) & Vector512<float>.One;
                Vector512<float> error = (bit - TReading.Read<Sigmoid.Function>(rowLogits + c)) * w + r - r;
                if (end - c < Matrix.Alignment) error &= VectorMath.Mask((1UL << (end - c)) - 1);
                error.StoreAligned(rowErrors + c);
                (Vector512.LoadAligned(sums + c) + error).StoreAligned(sums + c);
            }
        }
    }
}
