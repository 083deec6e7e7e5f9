using System.Runtime.CompilerServices;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>The transpose of packed bits, in blocks of 64 × 64.</summary>
/// <remarks>A block is transposed by exchanging its off-diagonal quarters, then theirs, down to single bits.
/// Source: Warren, "Hacker's Delight", 2nd edition, section 7-3. Allocates nothing within the capacity.</remarks>
public static unsafe class BitTranspose
{
    /// <summary>destination [Columns, Rows], reshaped and overwritten, = sourceᵀ. Not in place.</summary>
    public static void Compute(BitMatrix source, BitMatrix destination)
    {
        destination.Reshape(source.Columns, source.Rows);
        fixed (ulong* from = &source.Origin, to = &destination.Origin)
            Compute(from, source.Rows, source.Columns, source.WordsPerRow, to, destination.WordsPerRow);
    }

    /// <summary>to [columns, toWords] = the transpose of from [rows, fromWords]; every word is overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Compute(ulong* from, int rows, int columns, int fromWords, ulong* to, int toWords)
    {
        ulong* block = stackalloc ulong[64];
        for (int row = 0; row < rows; row += 64)
        {
            int height = Math.Min(64, rows - row);
            for (int column = 0; column < columns; column += 64)
            {
                int width = Math.Min(64, columns - column);
                ulong* source = from + (long)row * fromWords + (column >> 6);
                for (int i = 0; i < 64; i++) block[i] = i < height ? source[(long)i * fromWords] : 0;
                Transpose(block);
                ulong* destination = to + (long)column * toWords + (row >> 6);
                for (int i = 0; i < width; i++) destination[(long)i * toWords] = block[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ulong* block)
    {
        ulong mask = 0x00000000FFFFFFFF;
        for (int size = 32; size != 0; size >>= 1, mask ^= mask << size)
        {
            for (int i = 0; i < 64; i = (i + size + 1) & ~size)
            {
                ulong exchanged = (block[i] >> size ^ block[i + size]) & mask;
                block[i] ^= exchanged << size;
                block[i + size] ^= exchanged;
            }
        }
    }
}
