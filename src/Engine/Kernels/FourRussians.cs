using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>
/// Rows of a binary product with many ones: value rows are taken in groups of four, a table holds the sums of every choice of
/// the four, and each row of bits adds one table entry per group.
/// </summary>
/// <remarks>Source: Arlazarov, Dinic, Kronrod and Faradzev, "On economical construction of the transitive closure of a directed
/// graph", 1970, with sums of floats in place of "or". Within a group the order is from the lowest bit up.</remarks>
internal static unsafe class FourRussians
{
    // Tables of four lines fill the first-level cache.
    private const int GroupsAtATime = 8;
    private const int Entries = 16;

    // Fewer rows than this do not repay a table.
    private const int FewRows = 6;

    /// <summary>Does lines start … end − 1 of the chosen rows.</summary>
    public static void Add(in BinaryProduct product, ReadOnlySpan<int> chosen, int start, int end)
    {
        if (chosen.Length < FewRows)
        {
            for (int line = start; line < end; line++) AddWithoutTable(product, chosen, line * Matrix.Alignment);
            return;
        }

        int blocks = (end - start + 3) / 4;
        for (int block = 0; block < blocks; block++)
        {
            int first = start + (end - start) * block / blocks, last = start + (end - start) * (block + 1) / blocks;
            int column = first * Matrix.Alignment;
            switch (last - first)
            {
                case 1: AddLines<OneLine, NoLines>(product, chosen, column); break;
                case 2: AddLines<TwoLines, NoLines>(product, chosen, column); break;
                case 3: AddLines<TwoLines, OneLine>(product, chosen, column); break;
                default: AddLines<TwoLines, TwoLines>(product, chosen, column); break;
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLines<TA, TB>(in BinaryProduct product, ReadOnlySpan<int> chosen, int column)
        where TA : struct, ILines<TA> where TB : struct, ILines<TB>
    {
        int width = TA.Width + TB.Width;
        byte* room = stackalloc byte[GroupsAtATime * Entries * width * sizeof(float) + 64];
        float* table = (float*)(((nuint)room + 63) & ~(nuint)63);
        int groups = (product.Terms + 3) / 4;
        for (int group = 0; group < groups; group += GroupsAtATime)
        {
            int count = Math.Min(GroupsAtATime, groups - group);
            for (int g = 0; g < count; g++)
                FillTable(product, (group + g) * 4, column, width, table + g * Entries * width);
            int shift = group * 4 & 63;
            foreach (int row in chosen)
            {
                uint bits = (uint)(product.Bits[(long)row * product.Words + (group >> 4)] >> shift);
                float* to = product.Result + (long)row * product.ResultStride + column;
                TA a = TA.Load(to);
                TB b = TB.Load(to + TA.Width);
                if (count == GroupsAtATime) AddEight(ref a, ref b, table, bits);
                else AddEntries(ref a, ref b, table, bits, count);
                a.Store(to);
                b.Store(to + TA.Width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEntries<TA, TB>(ref TA a, ref TB b, float* table, uint bits, int count)
        where TA : struct, ILines<TA> where TB : struct, ILines<TB>
    {
        for (int g = 0; g < count; g++, bits >>= 4, table += Entries * (TA.Width + TB.Width))
            AddEntry(ref a, ref b, table, bits & 15);
    }

    // The common case, without a loop: it is what the time goes into.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEight<TA, TB>(ref TA a, ref TB b, float* table, uint bits)
        where TA : struct, ILines<TA> where TB : struct, ILines<TB>
    {
        int size = Entries * (TA.Width + TB.Width);
        AddEntry(ref a, ref b, table, bits & 15);
        AddEntry(ref a, ref b, table + size, bits >> 4 & 15);
        AddEntry(ref a, ref b, table + 2 * size, bits >> 8 & 15);
        AddEntry(ref a, ref b, table + 3 * size, bits >> 12 & 15);
        AddEntry(ref a, ref b, table + 4 * size, bits >> 16 & 15);
        AddEntry(ref a, ref b, table + 5 * size, bits >> 20 & 15);
        AddEntry(ref a, ref b, table + 6 * size, bits >> 24 & 15);
        AddEntry(ref a, ref b, table + 7 * size, bits >> 28);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEntry<TA, TB>(ref TA a, ref TB b, float* table, uint entry)
        where TA : struct, ILines<TA> where TB : struct, ILines<TB>
    {
        float* sum = table + (nuint)entry * (nuint)(TA.Width + TB.Width);
        a.Add(sum);
        b.Add(sum + TA.Width);
    }

    // Entry e is the sum, from the lowest bit up, of the value rows whose bits are on in e.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillTable(in BinaryProduct product, int term, int column, int width, float* table)
    {
        int terms = Math.Min(4, product.Terms - term);
        float* values = product.Values + (long)term * product.ValueStride + column;
        int stride = product.ValueStride;
        for (int i = 0; i < width; i += 8, values += 8, table += 8)
        {
            Vector256<float> zero = Vector256<float>.Zero;
            Vector256<float> v0 = Vector256.LoadAligned(values);
            Vector256<float> v1 = terms > 1 ? Vector256.LoadAligned(values + stride) : zero;
            Vector256<float> v2 = terms > 2 ? Vector256.LoadAligned(values + 2 * stride) : zero;
            Vector256<float> v3 = terms > 3 ? Vector256.LoadAligned(values + 3 * stride) : zero;
            Vector256<float> v01 = v0 + v1, v02 = v0 + v2, v12 = v1 + v2, v012 = v01 + v2;
            zero.StoreAligned(table);
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

    // The same sums in the same order, so that a row's result does not tell how many rows there were.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWithoutTable(in BinaryProduct product, ReadOnlySpan<int> chosen, int column)
    {
        int stride = product.ValueStride;
        foreach (int row in chosen)
        {
            float* to = product.Result + (long)row * product.ResultStride + column;
            Vector256<float> lower = Vector256.LoadAligned(to), upper = Vector256.LoadAligned(to + 8);
            for (int w = 0; w < product.Words; w++)
            {
                ulong word = product.Bits[(long)row * product.Words + w];
                float* group = product.Values + (long)w * 64 * stride + column;
                for (; word != 0; word >>= 4, group += 4 * stride)
                {
                    Vector256<float> lowerSum = Vector256<float>.Zero, upperSum = lowerSum;
                    float* terms = group;
                    for (ulong entry = word & 15; entry != 0; entry >>= 1, terms += stride)
                    {
                        if ((entry & 1) == 0) continue;
                        lowerSum += Vector256.LoadAligned(terms);
                        upperSum += Vector256.LoadAligned(terms + 8);
                    }

                    lower += lowerSum;
                    upper += upperSum;
                }
            }

            lower.StoreAligned(to);
            upper.StoreAligned(to + 8);
        }
    }
}
