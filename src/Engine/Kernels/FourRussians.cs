using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>
/// Rows of a binary product with many ones: value rows are taken in groups of five, a table holds the sums of every choice of
/// the five, and each row of bits adds one table entry per group.
/// </summary>
/// <remarks>Source: Arlazarov, Dinic, Kronrod and Faradzev, "On economical construction of the transitive closure of a directed
/// graph", 1970, with sums of floats in place of "or". The order of a sum: within a group from the lowest bit up, then group
/// after group onto what the sum starts from.</remarks>
internal static unsafe class FourRussians
{
    /// <summary>Terms to a group.</summary>
    public const int GroupSize = 5;

    // Tables of two lines, with the results they are added to, stay in a first-level cache of 32 KiB.
    private const int GroupsAtATime = 5;
    private const int Entries = 1 << GroupSize;

    // Fewer rows than this do not repay a table.
    private const int FewRows = 6;

    /// <summary>Does lines start … end − 1 of the chosen rows.</summary>
    public static void Add(in BinaryProduct product, int* chosen, int count, int start, int end, float* unfinished)
    {
        int line = start;
        if (count < FewRows)
        {
            for (; line < end; line++) AddWithoutTable(product, chosen, count, line * Matrix.Alignment);
            return;
        }

        for (; line + 2 <= end; line += 2) AddLines<Twice<OneLine>>(product, chosen, count, line * Matrix.Alignment, unfinished);
        if (line < end) AddLines<OneLine>(product, chosen, count, line * Matrix.Alignment, unfinished);
    }

    [SkipLocalsInit]
    [MethodImpl(Compiled.Alone)]
    private static void AddLines<TLines>(
        in BinaryProduct product, int* chosen, int count, int column, float* unfinished)
        where TLines : struct, ILines<TLines>
    {
        int width = TLines.Width;
        byte* room = stackalloc byte[GroupsAtATime * Entries * width * sizeof(float) + 64];
        float* table = (float*)(((nuint)room + 63) & ~(nuint)63);
        // Entry 0 of every table is the empty sum.
        for (int group = 0; group < GroupsAtATime; group++) new Span<float>(table + group * Entries * width, width).Clear();
        int passes = Passes(product, out int groups);
        for (int pass = 0; pass < passes; pass++)
        {
            int first = groups * pass / passes, end = groups * (pass + 1) / passes;
            bool last = pass + 1 == passes;
            nint passTerms = (last ? -first : end - first) * GroupSize;
            FillTables(product, first, end, column, width, table, passTerms * product.ValueStride + (last ? width : 0));
            RowPlaces places = product.Places(column, width, pass == 0, last, unfinished);
            if (product.Adds && last) AddEntries<TLines, Adding>(product, chosen, count, first, end, table, places);
            else AddEntries<TLines, Storing>(product, chosen, count, first, end, table, places);
        }
    }

    // An entry's offset in bytes is its five bits times its size, a power of two: the bits are shifted to where the offset
    // has them, and need no multiplication.
    [MethodImpl(Compiled.Alone)]
    private static void AddEntries<TLines, TEnd>(in BinaryProduct product, int* chosen, int count, int firstGroup, int endGroup,
        float* table, RowPlaces places)
        where TLines : struct, ILines<TLines> where TEnd : struct, IRowEnd
    {
        int width = TLines.Width;
        int shift = width == OneLine.Width ? 6 : 7;
        nuint mask = (nuint)(Entries - 1) << shift;
        int groupBytes = Entries * width * sizeof(float);
        int right = firstGroup * GroupSize & 7;
        // Copies of what the loop needs live in registers; fields of the product would be read again for every row.
        byte* bits = (byte*)product.Bits + (firstGroup * GroupSize >> 3);
        nint bitStride = (nint)product.Words * sizeof(ulong);
        nint fromStride = places.FromStride, toStride = places.ToStride;
        float* allFrom = places.From, allTo = places.To;
        float scale = product.Scale;
        for (int* row = chosen; row < chosen + count; row++)
        {
            nuint entries = (nuint)(*(ulong*)(bits + *row * bitStride) >> right << shift);
            TLines sums = TLines.Load(allFrom + *row * fromStride);
            byte* group = (byte*)table;
            for (int left = endGroup - firstGroup; left > 0; left--, entries >>= GroupSize, group += groupBytes)
                sums.Add((float*)(group + (entries & mask)));
            TEnd.Put(ref sums, allTo + *row * toStride, scale);
        }
    }

    // Entry e is the sum, from the lowest bit up, of the value rows whose bits are on in e. What the next tables need lies
    // so many floats ahead, too far for the processor to guess: it is fetched while these are written.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillTables(
        in BinaryProduct product, int firstGroup, int endGroup, int column, int width, float* table, nint ahead)
    {
        int stride = product.ValueStride;
        float* group = product.Values + (long)firstGroup * GroupSize * stride + column;
        int terms = product.Terms - firstGroup * GroupSize;
        for (int g = firstGroup; g < endGroup; g++, terms -= GroupSize, group += GroupSize * stride, table += (Entries - 1) * width)
        {
            float* values = group;
            for (int i = 0; i < width; i += Matrix.Alignment, values += Matrix.Alignment, table += Matrix.Alignment)
            {
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(values + ahead);
                    Sse.Prefetch0(values + ahead + stride);
                    Sse.Prefetch0(values + ahead + 2 * stride);
                    Sse.Prefetch0(values + ahead + 3 * stride);
                    Sse.Prefetch0(values + ahead + 4 * stride);
                }

                Vector512<float> zero = Vector512<float>.Zero;
                Vector512<float> v0 = Vector512.LoadAligned(values);
                Vector512<float> v1 = terms > 1 ? Vector512.LoadAligned(values + stride) : zero;
                Vector512<float> v2 = terms > 2 ? Vector512.LoadAligned(values + 2 * stride) : zero;
                Vector512<float> v3 = terms > 3 ? Vector512.LoadAligned(values + 3 * stride) : zero;
                Vector512<float> v4 = terms > 4 ? Vector512.LoadAligned(values + 4 * stride) : zero;
                Vector512<float> v01 = v0 + v1, v02 = v0 + v2, v12 = v1 + v2, v012 = v01 + v2;
                Vector512<float> v03 = v0 + v3, v13 = v1 + v3, v013 = v01 + v3, v23 = v2 + v3, v023 = v02 + v3, v123 = v12 + v3;
                Vector512<float> v0123 = v012 + v3;
                v0.StoreAligned(table + width);
                v1.StoreAligned(table + 2 * width);
                v01.StoreAligned(table + 3 * width);
                v2.StoreAligned(table + 4 * width);
                v02.StoreAligned(table + 5 * width);
                v12.StoreAligned(table + 6 * width);
                v012.StoreAligned(table + 7 * width);
                v3.StoreAligned(table + 8 * width);
                v03.StoreAligned(table + 9 * width);
                v13.StoreAligned(table + 10 * width);
                v013.StoreAligned(table + 11 * width);
                v23.StoreAligned(table + 12 * width);
                v023.StoreAligned(table + 13 * width);
                v123.StoreAligned(table + 14 * width);
                v0123.StoreAligned(table + 15 * width);
                v4.StoreAligned(table + 16 * width);
                (v0 + v4).StoreAligned(table + 17 * width);
                (v1 + v4).StoreAligned(table + 18 * width);
                (v01 + v4).StoreAligned(table + 19 * width);
                (v2 + v4).StoreAligned(table + 20 * width);
                (v02 + v4).StoreAligned(table + 21 * width);
                (v12 + v4).StoreAligned(table + 22 * width);
                (v012 + v4).StoreAligned(table + 23 * width);
                (v3 + v4).StoreAligned(table + 24 * width);
                (v03 + v4).StoreAligned(table + 25 * width);
                (v13 + v4).StoreAligned(table + 26 * width);
                (v013 + v4).StoreAligned(table + 27 * width);
                (v23 + v4).StoreAligned(table + 28 * width);
                (v023 + v4).StoreAligned(table + 29 * width);
                (v123 + v4).StoreAligned(table + 30 * width);
                (v0123 + v4).StoreAligned(table + 31 * width);
            }
        }
    }

    // The same sums in the same order, so that a row's result does not tell how many rows there were.
    [MethodImpl(Compiled.Alone)]
    private static void AddWithoutTable(in BinaryProduct product, int* chosen, int count, int column)
    {
        RowPlaces places = product.Places(column, OneLine.Width, first: true, last: true, null);
        for (int* row = chosen; row < chosen + count; row++)
        {
            byte* bits = (byte*)(product.Bits + (long)*row * product.Words);
            OneLine sums = OneLine.Load(places.From);
            float* values = product.Values + column;
            for (int term = 0; term < product.Terms; term += GroupSize, values += (nint)GroupSize * product.ValueStride)
            {
                uint entry = *(uint*)(bits + (term >> 3)) >> (term & 7);
                sums.Add(SumGroup(entry, Math.Min(GroupSize, product.Terms - term), values, product.ValueStride));
            }

            float* to = places.To + *row * places.ToStride;
            if (product.Adds) sums.AddTo(to, product.Scale);
            else sums.Store(to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OneLine SumGroup(uint entry, int terms, float* values, int stride)
    {
        OneLine sum = default;
        for (; terms > 0; terms--, entry >>= 1, values += stride)
        {
            if ((entry & 1) != 0) sum.Add(values);
        }

        return sum;
    }

    private static int Passes(in BinaryProduct product, out int groups)
    {
        groups = (product.Terms + GroupSize - 1) / GroupSize;
        return Math.Max(1, (groups + GroupsAtATime - 1) / GroupsAtATime);
    }
}
