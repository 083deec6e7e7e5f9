using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>result [M, N] += bits [M, R] · values [R, N]: the product under both the forward pass and the gradient.</summary>
internal readonly unsafe struct BinaryProduct(
    ulong* bits, int words, int rows, float* values, int valueStride, float* result, int resultStride) : IRangeWork
{
    /// <summary>Does column blocks of 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int block = start; block < end; block++)
        {
            for (int r = 0; r < rows; r++)
            {
                float* row = result + (long)r * resultStride + block * 16;
                Vector256<float> a = Vector256.LoadAligned(row), b = Vector256.LoadAligned(row + 8);
                for (int w = 0; w < words; w++)
                {
                    for (ulong word = bits[(long)r * words + w]; word != 0; word &= word - 1)
                    {
                        float* value = values + (w * 64L + BitOperations.TrailingZeroCount(word)) * valueStride + block * 16;
                        a += Vector256.LoadAligned(value);
                        b += Vector256.LoadAligned(value + 8);
                    }
                }

                a.StoreAligned(row);
                b.StoreAligned(row + 8);
            }
        }
    }
}
