using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>The transpose of packed bits, in blocks of 64 × 64.</summary>
/// <remarks>A block is transposed by exchanging its off-diagonal quarters, then theirs, down to single bits, four rows at a time;
/// with AVX-512 byte by byte.
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
                ulong* destination = to + (long)column * toWords + (row >> 6);
                if (Avx512Vbmi.IsSupported && width == 64)
                {
                    TransposeBytes(block, destination, toWords);
                    continue;
                }

                if (Avx512Vbmi.IsSupported) TransposeBytes(block, block, 1);
                else Transpose(block);
                for (int i = 0; i < width; i++, destination += toWords) *destination = block[i];
            }
        }
    }

    // Byte c of all 64 rows is one register; the topmost bits of its bytes are a column, and doubling brings up the next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBytes(ulong* block, ulong* columns, nint stride)
    {
        Vector512<ulong> r0 = GatherBytes(block), r1 = GatherBytes(block + 8), r2 = GatherBytes(block + 16), r3 = GatherBytes(block + 24);
        Vector512<ulong> r4 = GatherBytes(block + 32), r5 = GatherBytes(block + 40), r6 = GatherBytes(block + 48), r7 = GatherBytes(block + 56);
        PutBytes(Avx512F.UnpackLow(r0, r1), Avx512F.UnpackLow(r2, r3), Avx512F.UnpackLow(r4, r5), Avx512F.UnpackLow(r6, r7),
            columns, stride);
        PutBytes(Avx512F.UnpackHigh(r0, r1), Avx512F.UnpackHigh(r2, r3), Avx512F.UnpackHigh(r4, r5), Avx512F.UnpackHigh(r6, r7),
            columns + 8 * stride, stride);
    }

    // Word c is byte c of eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> GatherBytes(ulong* rows)
    {
        Vector512<byte> numbers = Vector512<byte>.Indices, seven = Vector512.Create((byte)7);
        Vector512<byte> places = (numbers & seven) << 3 | (numbers.AsUInt16() >> 3).AsByte() & seven;
        return Avx512Vbmi.PermuteVar64x8(Vector512.Load(rows).AsByte(), places).AsUInt64();
    }

    // Of eight words the even or the odd ones, in four registers of two rows of eight each, words of a register side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutBytes(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d, ulong* columns,
        nint stride)
    {
        Vector512<ulong> lowAb = Avx512F.Shuffle4x128(a, b, 0x44), highAb = Avx512F.Shuffle4x128(a, b, 0xEE);
        Vector512<ulong> lowCd = Avx512F.Shuffle4x128(c, d, 0x44), highCd = Avx512F.Shuffle4x128(c, d, 0xEE);
        PutColumns(Avx512F.Shuffle4x128(lowAb, lowCd, 0x88), columns, stride);
        PutColumns(Avx512F.Shuffle4x128(lowAb, lowCd, 0xDD), columns + 16 * stride, stride);
        PutColumns(Avx512F.Shuffle4x128(highAb, highCd, 0x88), columns + 32 * stride, stride);
        PutColumns(Avx512F.Shuffle4x128(highAb, highCd, 0xDD), columns + 48 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutColumns(Vector512<ulong> bytes, ulong* columns, nint stride)
    {
        Vector512<byte> rows = bytes.AsByte();
        for (int bit = 7; bit >= 0; bit--, rows += rows) columns[bit * stride] = rows.ExtractMostSignificantBits();
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
