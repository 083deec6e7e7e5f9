using System.Numerics;
using System.Runtime.CompilerServices;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Rows of a binary product with few ones: adds the value rows whose bits are on, one after the other.</summary>
internal static unsafe class ActiveRows
{
    // 128 value rows of a column block stay in the first-level cache while all rows of bits pass over them.
    private const int WordsAtATime = 2;

    /// <summary>Does lines start … end − 1 of the chosen rows.</summary>
    public static void Add(in BinaryProduct product, ReadOnlySpan<int> chosen, int start, int end)
    {
        int blocks = (end - start + 5) / 6;
        for (int block = 0; block < blocks; block++)
        {
            int first = start + (end - start) * block / blocks, last = start + (end - start) * (block + 1) / blocks;
            int column = first * Matrix.Alignment;
            switch (last - first)
            {
                case 1: AddLines<OneLine, NoLines, NoLines>(product, chosen, column); break;
                case 2: AddLines<TwoLines, NoLines, NoLines>(product, chosen, column); break;
                case 3: AddLines<TwoLines, OneLine, NoLines>(product, chosen, column); break;
                case 4: AddLines<TwoLines, TwoLines, NoLines>(product, chosen, column); break;
                case 5: AddLines<TwoLines, TwoLines, OneLine>(product, chosen, column); break;
                default: AddLines<TwoLines, TwoLines, TwoLines>(product, chosen, column); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLines<TA, TB, TC>(in BinaryProduct product, ReadOnlySpan<int> chosen, int column)
        where TA : struct, ILines<TA> where TB : struct, ILines<TB> where TC : struct, ILines<TC>
    {
        long stride = product.ValueStride;
        for (int firstWord = 0; firstWord < product.Words; firstWord += WordsAtATime)
        {
            int words = Math.Min(WordsAtATime, product.Words - firstWord);
            foreach (int row in chosen)
            {
                ulong* bits = product.Bits + (long)row * product.Words + firstWord;
                float* values = product.Values + firstWord * 64 * stride + column;
                float* to = product.Result + (long)row * product.ResultStride + column;
                TA a = TA.Load(to);
                TB b = TB.Load(to + TA.Width);
                TC c = TC.Load(to + TA.Width + TB.Width);
                for (int w = 0; w < words; w++, values += 64 * stride)
                {
                    for (ulong word = bits[w]; word != 0; word &= word - 1)
                    {
                        float* terms = values + BitOperations.TrailingZeroCount(word) * stride;
                        a.Add(terms);
                        b.Add(terms + TA.Width);
                        c.Add(terms + TA.Width + TB.Width);
                    }
                }

                a.Store(to);
                b.Store(to + TA.Width);
                c.Store(to + TA.Width + TB.Width);
            }
        }
    }
}
