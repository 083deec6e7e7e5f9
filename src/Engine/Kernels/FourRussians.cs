using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>
/// Rows of a binary product with many ones: value rows are taken in groups of four, a table holds the sums of every choice of
/// the four, and each row of bits adds one table entry per group.
/// </summary>
/// <remarks>Source: Arlazarov, Dinic, Kronrod and Faradzev, "On economical construction of the transitive closure of a directed
/// graph", 1970, with sums of floats in place of "or". Within a group the order is from the lowest bit up; ten groups or so at a time, even and odd ones are
/// summed apart, so that two additions are under way.</remarks>
internal static unsafe class FourRussians
{
    // Tables of two lines, with the results they are added to, stay in a first-level cache of 32 KiB.
    private const int GroupsAtATime = 10;
    private const int Entries = 16;

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

        for (; line + 2 <= end; line += 2) AddLines<TwoLines>(product, chosen, count, line * Matrix.Alignment, unfinished);
        if (line < end) AddLines<OneLine>(product, chosen, count, line * Matrix.Alignment, unfinished);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            nint passTerms = (last ? -first : end - first) * 4;
            FillTables(product, first, end, column, width, table, passTerms * product.ValueStride + (last ? width : 0));
            RowPlaces places = product.Places(column, width, pass == 0, last, unfinished);
            if (product.Adds && last) AddEntries<TLines, Adding>(product, chosen, count, first, end, table, places);
            else AddEntries<TLines, Storing>(product, chosen, count, first, end, table, places);
        }
    }

    // An entry's offset in bytes is its four bits times its size, a power of two: the bits are shifted to where the offset
    // has them, and need no multiplication.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddEntries<TLines, TEnd>(in BinaryProduct product, int* chosen, int count, int firstGroup, int endGroup,
        float* table, RowPlaces places)
        where TLines : struct, ILines<TLines> where TEnd : struct, IRowEnd
    {
        int width = TLines.Width;
        int shift = width == OneLine.Width ? 6 : 7;
        nuint mask = (nuint)15 << shift;
        int groupBytes = Entries * width * sizeof(float);
        int right = (firstGroup & 1) * 4;
        // Copies of what the loop needs live in registers; fields of the product would be read again for every row.
        byte* bits = (byte*)product.Bits + (firstGroup >> 1);
        nint bitStride = (nint)product.Words * sizeof(ulong);
        nint fromStride = places.FromStride, toStride = places.ToStride;
        float* allFrom = places.From, allTo = places.To;
        float scale = product.Scale;
        for (int* row = chosen; row < chosen + count; row++)
        {
            nuint entries = (nuint)(*(ulong*)(bits + *row * bitStride) >> right << shift);
            TLines sums = TLines.Load(allFrom + *row * fromStride), odd = default;
            byte* group = (byte*)table;
            int left = endGroup - firstGroup;
            for (; left >= 2; left -= 2)
            {
                sums.Add((float*)(group + (entries & mask)));
                odd.Add((float*)(group + groupBytes + ((entries >> 4) & mask)));
                entries >>= 8;
                group += 2 * groupBytes;
            }

            if (left > 0) sums.Add((float*)(group + (entries & mask)));
            sums.Add(odd);
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
        float* group = product.Values + (long)firstGroup * 4 * stride + column;
        int terms = product.Terms - firstGroup * 4;
        for (int g = firstGroup; g < endGroup; g++, terms -= 4, group += 4 * stride, table += (Entries - 1) * width)
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
                }

                Vector512<float> zero = Vector512<float>.Zero;
                Vector512<float> v0 = Vector512.LoadAligned(values);
                Vector512<float> v1 = terms > 1 ? Vector512.LoadAligned(values + stride) : zero;
                Vector512<float> v2 = terms > 2 ? Vector512.LoadAligned(values + 2 * stride) : zero;
                Vector512<float> v3 = terms > 3 ? Vector512.LoadAligned(values + 3 * stride) : zero;
                Vector512<float> v01 = v0 + v1, v02 = v0 + v2, v12 = v1 + v2, v012 = v01 + v2;
                v0.StoreAligned(table + width);
                v1.StoreAligned(table + 2 * width);
                v01.StoreAligned(table + 3 * width);
                v2.StoreAligned(table + 4 * width);
                v02.StoreAligned(table + 5 * width);
                v12.StoreAligned(table + 6 * width);
                v012.StoreAligned(table + 7 * width);
                v3.StoreAligned(table + 8 * width);
                (v0 + v3).StoreAligned(table + 9 * width);
                (v1 + v3).StoreAligned(table + 10 * width);
                (v01 + v3).StoreAligned(table + 11 * width);
                (v2 + v3).StoreAligned(table + 12 * width);
                (v02 + v3).StoreAligned(table + 13 * width);
                (v12 + v3).StoreAligned(table + 14 * width);
                (v012 + v3).StoreAligned(table + 15 * width);
            }
        }
    }

    // The same sums in the same order, so that a row's result does not tell how many rows there were.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWithoutTable(in BinaryProduct product, int* chosen, int count, int column)
    {
        int passes = Passes(product, out int groups);
        RowPlaces places = product.Places(column, OneLine.Width, first: true, last: true, null);
        for (int* row = chosen; row < chosen + count; row++)
        {
            ulong* bits = product.Bits + (long)*row * product.Words;
            OneLine sums = OneLine.Load(places.From);
            for (int pass = 0; pass < passes; pass++)
            {
                OneLine odd = default;
                int first = groups * pass / passes, end = groups * (pass + 1) / passes;
                for (int group = first; group < end; group++)
                {
                    OneLine groupSum = SumGroup(product, bits, group, column);
                    if (((group - first) & 1) == 0) sums.Add(groupSum);
                    else odd.Add(groupSum);
                }

                sums.Add(odd);
            }

            float* to = places.To + *row * places.ToStride;
            if (product.Adds) sums.AddTo(to, product.Scale);
            else sums.Store(to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OneLine SumGroup(in BinaryProduct product, ulong* bits, int group, int column)
    {
        OneLine sum = default;
        float* terms = product.Values + (long)group * 4 * product.ValueStride + column;
        for (ulong entry = bits[group >> 4] >> (group & 15) * 4 & 15; entry != 0; entry >>= 1, terms += product.ValueStride)
        {
            if ((entry & 1) != 0) sum.Add(terms);
        }

        return sum;
    }

    private static int Passes(in BinaryProduct product, out int groups)
    {
        groups = (product.Terms + 3) / 4;
        return Math.Max(1, (groups + GroupsAtATime - 1) / GroupsAtATime);
    }
}
