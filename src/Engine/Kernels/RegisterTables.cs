using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>The sums of <see cref="FourRussians"/>, to the last bit, from tables that never leave the registers: the 32 sums of one
/// column and group are two registers, and a permutation looks up the entries of 16 rows of bits at once.</summary>
/// <remarks>
/// Sums lie across rows and are transposed when they are finished. A table is built by multiplying each value by bit i of the
/// entry's number, 0 or 1: exact, but 0 · infinity is NaN, so a line with a sum that is not finite is done again by
/// <see cref="FourRussians"/>. Needs AVX-512.
/// </remarks>
internal readonly unsafe struct RegisterTables
{
    /// <summary>Lines that are summed before they are written: a range of fewer does not fill a tile.</summary>
    public const int LinesAtATime = 3;

    // Fewer rows do not repay a table, and sums of fewer terms not their transpose.
    private const int FewestRows = 17;
    private const int FewestTerms = 80;

    private const int Lanes = Matrix.Alignment;
    private const int Terms = FourRussians.GroupSize;

    // The sums of 112 rows and two columns, their tables, the next ones and four masks are all registers but a few.
    private const int MostBlocks = 7;

    // The entries of 200 terms and a line of their values stay in the first-level cache.
    private const int GroupsAtATime = 40;

    // Groups whose bits are read at once.
    private const int GroupsPerRead = 6;

    private readonly BinaryProduct product;
    private readonly int* rows;
    private readonly int count;
    private readonly int width;
    private readonly int* entries;
    private readonly float** ends;

    private RegisterTables(in BinaryProduct product, int* rows, int count, int blocks, int* entries, float** ends, float* nowhere)
    {
        this.product = product;
        this.rows = rows;
        this.count = count;
        this.entries = entries;
        this.ends = ends;
        width = blocks * Lanes;
        // Rows that do not exist go where nobody looks.
        for (int i = 0; i < width; i++) ends[i] = i < count ? product.Result + (nint)rows[i] * product.ResultStride : nowhere;
    }

    /// <summary>Whether this machine has the instructions, and product and rows are large enough to repay them.</summary>
    public static bool Serves(in BinaryProduct product, int count) =>
        Avx512F.IsSupported && count >= FewestRows && product.Terms >= FewestTerms;

    /// <summary>Does lines start … end − 1 of the chosen rows.</summary>
    [SkipLocalsInit]
    public static void Add(in BinaryProduct product, int* chosen, int count, int start, int end, float* unfinished)
    {
        int blocks = (count + Lanes - 1) / Lanes, passes = (blocks + MostBlocks - 1) / MostBlocks;
        int groups = (product.Terms + Terms - 1) / Terms;
        float** ends = stackalloc float*[MostBlocks * Lanes];
        // One after the other: entries, and a row of the result.
        int[] rented = ArrayPool<int>.Shared.Rent((groups * MostBlocks + 1 + product.Lines) * Lanes);
        fixed (int* room = rented)
        {
            int* entries = (int*)(((nuint)room + 63) & ~(nuint)63);
            for (int pass = 0; pass < passes; pass++)
            {
                int first = blocks * pass / passes, last = blocks * (pass + 1) / passes;
                int some = Math.Min(count, last * Lanes) - first * Lanes;
                RegisterTables tables = new(product, chosen + first * Lanes, some, last - first, entries, ends,
                    (float*)(entries + (long)groups * MostBlocks * Lanes));
                tables.SpreadBits(groups);
                tables.AddTiles(start, end, unfinished);
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    // The low five bits of entries [groups, width] say which entry a row adds; those above may be anything.
    [MethodImpl(Compiled.Alone)]
    private void SpreadBits(int groups)
    {
        byte* bits = (byte*)product.Bits;
        nint bitStride = (nint)product.Words * sizeof(ulong);
        for (int group = 0; group < groups; group += GroupsPerRead)
        {
            int* to = entries + (long)group * width;
            int bit = group * Terms, more = Math.Min(GroupsPerRead, groups - group);
            for (int i = 0; i < count; i++) to[i] = (int)(*(ulong*)(bits + rows[i] * bitStride + (bit >> 3)) >> (bit & 7));
            for (int i = count; i < width; i++) to[i] = 0;
            for (int i = 0; i < width; i += Lanes)
            {
                Vector512<int> read = Vector512.LoadAligned(to + i);
                for (int g = 1; g < more; g++)
                {
                    read >>>= Terms;
                    read.StoreAligned(to + g * width + i);
                }
            }
        }
    }

    [SkipLocalsInit]
    private void AddTiles(int start, int end, float* unfinished)
    {
        byte* room = stackalloc byte[LinesAtATime * Lanes * MostBlocks * Lanes * sizeof(float) + 64];
        float* sums = (float*)(((nuint)room + 63) & ~(nuint)63);
        int tiles = (end - start + LinesAtATime - 1) / LinesAtATime;
        for (int tile = 0; tile < tiles; tile++)
        {
            int first = start + (end - start) * tile / tiles, last = start + (end - start) * (tile + 1) / tiles;
            // Where the result has an odd number of columns, one of its padding is summed with them.
            int columns = Math.Min(product.Columns - first * Lanes + 1, (last - first) * Lanes) & ~1;
            Sum(first * Lanes, columns, sums);
            // Of columns that do not exist the sums are zero.
            int missing = (last - first) * Lanes - columns;
            if (missing > 0) new Span<float>(sums + (long)columns * width, missing * width).Clear();
            if (product.Adds) Put<Adding>(first, last, sums, unfinished);
            else Put<Storing>(first, last, sums, unfinished);
        }
    }

    private void Sum(int column, int columns, float* sums)
    {
        switch (width / Lanes)
        {
            case 1: Sum<RowBlock>(column, columns, sums); break;
            case 2: Sum<AndMore<RowBlock>>(column, columns, sums); break;
            case 3: Sum<AndMore<AndMore<RowBlock>>>(column, columns, sums); break;
            case 4: Sum<AndMore<AndMore<AndMore<RowBlock>>>>(column, columns, sums); break;
            case 5: Sum<AndMore<AndMore<AndMore<AndMore<RowBlock>>>>>(column, columns, sums); break;
            case 6: Sum<AndMore<AndMore<AndMore<AndMore<AndMore<RowBlock>>>>>>(column, columns, sums); break;
            default: Sum<AndMore<AndMore<AndMore<AndMore<AndMore<AndMore<RowBlock>>>>>>>(column, columns, sums); break;
        }
    }

    // sums [columns, width].
    [SkipLocalsInit]
    private void Sum<TBlocks>(int column, int columns, float* sums) where TBlocks : struct, IRowBlocks<TBlocks>
    {
        int whole = product.Terms / Terms, rest = product.Terms - whole * Terms;
        float* values = product.Values + column;
        for (int group = 0; group < whole; group += GroupsAtATime)
        {
            int groups = Math.Min(GroupsAtATime, whole - group);
            AddGroups<TBlocks>(values + (long)group * Terms * product.ValueStride, product.ValueStride, groups,
                entries + (long)group * width, group == 0 ? product.Initial + column : null, columns, sums);
        }

        if (rest == 0) return;
        float* padded = stackalloc float[Terms * LinesAtATime * Lanes];
        new Span<float>(padded, Terms * columns).Clear();
        values += (long)whole * Terms * product.ValueStride;
        for (int term = 0; term < rest; term++, values += product.ValueStride)
            new Span<float>(values, columns).CopyTo(new Span<float>(padded + term * columns, columns));
        AddGroups<TBlocks>(padded, columns, 1, entries + (long)whole * width, null, columns, sums);
    }

    // Sums start from the initial ones if there are any and else go on. The next tables are made while the entries of these are
    // added.
    [MethodImpl(Compiled.Alone)]
    private static void AddGroups<TBlocks>(
        float* values, nint stride, int groups, int* entries, float* initial, int columns, float* sums)
        where TBlocks : struct, IRowBlocks<TBlocks>
    {
        Vector512<int> numbers = Vector512<int>.Indices;
        Vector512<float> bit0 = Bit(numbers, 0), bit1 = Bit(numbers, 1), bit2 = Bit(numbers, 2), bit3 = Bit(numbers, 3);
        for (int column = 0; column < columns; column += 2, sums += 2 * TBlocks.Rows)
        {
            TBlocks blocks = initial != null ? TBlocks.Create(initial + column) : TBlocks.Load(sums, TBlocks.Rows);
            float* v = values + column;
            int* chosen = entries;
            // Lines lie too far apart for the processor to guess the next. The first two columns of a line fetch it for the next
            // but one group, into the cache that the other columns find it in, the second two the next tile's line.
            bool isFirst = column % Lanes < 2, fetches = column % Lanes < 4;
            nint distance = isFirst ? 2 * Terms * stride : LinesAtATime * Lanes;
            MakeTables(v, stride, bit0, bit1, bit2, bit3, out Vector512<float> low0, out Vector512<float> high0,
                out Vector512<float> low1, out Vector512<float> high1);
            for (int group = 1; group < groups; group++, chosen += TBlocks.Rows)
            {
                v += Terms * stride;
                if (fetches)
                {
                    float* ahead = v + distance;
                    Sse.Prefetch0(ahead);
                    Sse.Prefetch0(ahead + stride);
                    Sse.Prefetch0(ahead + 2 * stride);
                    Sse.Prefetch0(ahead + 3 * stride);
                    Sse.Prefetch0(ahead + 4 * stride);
                }

                // A step of the next tables, then a block: a processor that takes operations in their order has something for every port.
                Vector512<float> next0 = bit0 * Vector512.Create(v[0]), next1 = bit0 * Vector512.Create(v[1]);
                blocks.AddBlock(0, chosen, low0, high0, low1, high1);
                next0 = Vector512.FusedMultiplyAdd(bit1, Vector512.Create(v[stride]), next0);
                next1 = Vector512.FusedMultiplyAdd(bit1, Vector512.Create(v[stride + 1]), next1);
                blocks.AddBlock(1, chosen, low0, high0, low1, high1);
                next0 = Vector512.FusedMultiplyAdd(bit2, Vector512.Create(v[2 * stride]), next0);
                next1 = Vector512.FusedMultiplyAdd(bit2, Vector512.Create(v[2 * stride + 1]), next1);
                blocks.AddBlock(2, chosen, low0, high0, low1, high1);
                next0 = Vector512.FusedMultiplyAdd(bit3, Vector512.Create(v[3 * stride]), next0);
                next1 = Vector512.FusedMultiplyAdd(bit3, Vector512.Create(v[3 * stride + 1]), next1);
                blocks.AddBlock(3, chosen, low0, high0, low1, high1);
                Vector512<float> nextHigh0 = next0 + Vector512.Create(v[4 * stride]), nextHigh1 = next1 + Vector512.Create(v[4 * stride + 1]);
                blocks.AddBlock(4, chosen, low0, high0, low1, high1);
                blocks.AddBlock(5, chosen, low0, high0, low1, high1);
                blocks.AddBlock(6, chosen, low0, high0, low1, high1);
                (low0, high0, low1, high1) = (next0, nextHigh0, next1, nextHigh1);
            }

            blocks.Add(chosen, low0, high0, low1, high1);
            blocks.Store(sums, TBlocks.Rows);
        }
    }

    // Of two columns: entry e of a table is the sum of the five values whose bits are on in e, from the lowest up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MakeTables(float* v, nint stride,
        Vector512<float> bit0, Vector512<float> bit1, Vector512<float> bit2, Vector512<float> bit3,
        out Vector512<float> low0, out Vector512<float> high0, out Vector512<float> low1, out Vector512<float> high1)
    {
        low0 = bit0 * Vector512.Create(v[0]);
        low1 = bit0 * Vector512.Create(v[1]);
        low0 = Vector512.FusedMultiplyAdd(bit1, Vector512.Create(v[stride]), low0);
        low1 = Vector512.FusedMultiplyAdd(bit1, Vector512.Create(v[stride + 1]), low1);
        low0 = Vector512.FusedMultiplyAdd(bit2, Vector512.Create(v[2 * stride]), low0);
        low1 = Vector512.FusedMultiplyAdd(bit2, Vector512.Create(v[2 * stride + 1]), low1);
        low0 = Vector512.FusedMultiplyAdd(bit3, Vector512.Create(v[3 * stride]), low0);
        low1 = Vector512.FusedMultiplyAdd(bit3, Vector512.Create(v[3 * stride + 1]), low1);
        high0 = low0 + Vector512.Create(v[4 * stride]);
        high1 = low1 + Vector512.Create(v[4 * stride + 1]);
    }

    // Lane e is bit i of e, 0 or 1.
    private static Vector512<float> Bit(Vector512<int> numbers, int i) =>
        Vector512.ConvertToSingle(numbers >>> i & Vector512<int>.One);

    // Lines of a row lie side by side: they are written one after the other.
    [MethodImpl(Compiled.Alone)]
    private void Put<TEnd>(int start, int end, float* sums, float* unfinished) where TEnd : struct, IRowEnd
    {
        float scale = product.Scale;
        int finite = 0;
        for (int line = 0; line < end - start; line++)
        {
            if (AllFinite(sums + (long)line * Lanes * width)) finite |= 1 << line;
            else FourRussians.Add(product, rows, count, start + line, start + line + 1, unfinished);
        }

        for (int first = 0; first < width; first += Lanes)
        {
            for (int line = 0; line < end - start; line++)
            {
                if ((finite >> line & 1) == 0) continue;
                LineTranspose.Put<TEnd>(sums + (long)line * Lanes * width + first, width, ends + first, (start + line) * Lanes, scale);
            }
        }
    }

    // A value that is not finite makes every entry of its table so, and every row: the first rows tell.
    [MethodImpl(Compiled.Alone)]
    private bool AllFinite(float* column)
    {
        Vector512<float> zeros0 = Vector512<float>.Zero, zeros1 = zeros0;
        for (int i = 0; i < Lanes; i += 2, column += 2 * width)
        {
            zeros0 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(column), Vector512<float>.Zero, zeros0);
            zeros1 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(column + width), Vector512<float>.Zero, zeros1);
        }

        zeros0 += zeros1;
        return Vector512.EqualsAll(zeros0, zeros0);
    }
}
