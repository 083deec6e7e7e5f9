using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>The transpose of packed bits, in blocks of 64 × 64.</summary>
/// <remarks>A block is transposed by exchanging its off-diagonal quarters, then theirs, down to single bits, four rows at a time.
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
    [MethodImpl(Compiled.Alone)]
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
                for (int i = 0; i < height; i++, source += fromWords) block[i] = *source;
                new Span<ulong>(block + height, 64 - height).Clear();
                Transpose(block);
                ulong* destination = to + (long)column * toWords + (row >> 6);
                for (int i = 0; i < width; i++, destination += toWords) *destination = block[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ulong* block)
    {
        ulong low = 0x00000000FFFFFFFF;
        for (int size = 32; size >= 4; size >>= 1, low ^= low << size) ExchangeFarRows(block, size, low);
        Vector256<ulong> firstPair = Vector256.Create(ulong.MaxValue, ulong.MaxValue, 0, 0);
        Vector256<ulong> evenRows = Vector256.Create(ulong.MaxValue, 0, ulong.MaxValue, 0);
        for (int i = 0; i < 64; i += 4)
        {
            Vector256<ulong> v = Vector256.Load(block + i);
            v = ExchangeNearRows(v, Vector256.Shuffle(v, Vector256.Create(2UL, 3, 0, 1)), 2, 0x3333333333333333, firstPair);
            v = ExchangeNearRows(v, Vector256.Shuffle(v, Vector256.Create(1UL, 0, 3, 2)), 1, 0x5555555555555555, evenRows);
            v.Store(block + i);
        }
    }

    // Rows i and i + size: the high halves of the upper row's fields change places with the low halves of the lower row's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExchangeFarRows(ulong* block, int size, ulong low)
    {
        Vector256<ulong> mask = Vector256.Create(low);
        for (int i = 0; i < 64; i = (i + size + 4) & ~size)
        {
            Vector256<ulong> upper = Vector256.Load(block + i), lower = Vector256.Load(block + i + size);
            Vector256<ulong> exchanged = (upper >> size ^ lower) & mask;
            (upper ^ exchanged << size).Store(block + i);
            (lower ^ exchanged).Store(block + i + size);
        }
    }

    // The same within four rows, each lane beside its partner.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> ExchangeNearRows(
        Vector256<ulong> rows, Vector256<ulong> partners, int size, ulong low, Vector256<ulong> upper)
    {
        Vector256<ulong> intoUpper = upper & Vector256.Create(~low), intoLower = ~upper & Vector256.Create(low);
        Vector256<ulong> kept = rows & ~(intoUpper | intoLower);
        return kept | partners << size & intoUpper | partners >> size & intoLower;
    }
}
