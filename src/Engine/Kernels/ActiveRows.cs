using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Rows of a binary product with few ones: adds the value rows whose bits are on, one after the other.</summary>
internal static unsafe class ActiveRows
{
    // 128 value rows of up to 5 lines: little more than the first-level cache, and all rows of bits pass over them.
    private const int WordsAtATime = 2;
    internal const int MostLines = 5;

    /// <summary>Does lines start … end − 1 of the chosen rows.</summary>
    public static void Add(in BinaryProduct product, int* chosen, int count, int start, int end, float* unfinished)
    {
        int blocks = (end - start + MostLines - 1) / MostLines;
        for (int block = 0; block < blocks; block++)
        {
            int first = start + (end - start) * block / blocks, last = start + (end - start) * (block + 1) / blocks;
            int column = first * Matrix.Alignment;
            switch (last - first)
            {
                case 1: AddLines<OneLine, NoLines, NoLines>(product, chosen, count, column, unfinished); break;
                case 2: AddLines<TwoLines, NoLines, NoLines>(product, chosen, count, column, unfinished); break;
                case 3: AddLines<TwoLines, OneLine, NoLines>(product, chosen, count, column, unfinished); break;
                case 4: AddLines<TwoLines, TwoLines, NoLines>(product, chosen, count, column, unfinished); break;
                default: AddLines<TwoLines, TwoLines, OneLine>(product, chosen, count, column, unfinished); break;
            }
        }
    }

    [MethodImpl(Compiled.Alone)]
    private static void AddLines<TA, TB, TC>(in BinaryProduct product, int* chosen, int count, int column,
        float* unfinished)
        where TA : struct, ILines<TA> where TB : struct, ILines<TB> where TC : struct, ILines<TC>
    {
        int width = TA.Width + TB.Width + TC.Width;
        for (int word = 0; word < product.Words; word += WordsAtATime)
        {
            bool last = word + WordsAtATime >= product.Words;
            RowPlaces places = product.Places(column, width, word == 0, last, unfinished);
            if (product.Adds && last) AddBlock<TA, TB, TC, Adding>(product, chosen, count, column, word, places);
            else AddBlock<TA, TB, TC, Storing>(product, chosen, count, column, word, places);
        }
    }

    // Copies of what the loop needs live in registers; fields of the product would be read again for every row.
    [MethodImpl(Compiled.Alone)]
    private static void AddBlock<TA, TB, TC, TEnd>(
        in BinaryProduct product, int* chosen, int count, int column, int firstWord, RowPlaces places)
        where TA : struct, ILines<TA> where TB : struct, ILines<TB> where TC : struct, ILines<TC> where TEnd : struct, IRowEnd
    {
        nint valueStride = product.ValueStride, bitStride = product.Words;
        nint fromStride = places.FromStride, toStride = places.ToStride;
        float* values = product.Values + firstWord * 64 * valueStride + column;
        float* allFrom = places.From, allTo = places.To;
        ulong* bits = product.Bits + firstWord;
        bool two = firstWord + 1 < product.Words;
        float scale = product.Scale;
        // Sums that are to be added start from zero, which need not be read.
        bool startsAtZero = product.Adds && firstWord == 0;
        float* next = values + WordsAtATime * 64 * valueStride;
        bool isLast = firstWord + WordsAtATime >= product.Words;
        int fetchesARow = isLast || !Sse.IsSupported ? 0 : (WordsAtATime * 64 + count - 1) / count;
        for (int* row = chosen; row < chosen + count; row++)
        {
            // The next value rows are on their way to the second-level cache while these are added.
            for (int fetch = 0; fetch < fetchesARow; fetch++, next += valueStride)
            {
                for (int place = 0; place < TA.Width + TB.Width + TC.Width; place += Matrix.Alignment) Sse.Prefetch1(next + place);
            }

            ulong* word = bits + *row * bitStride;
            float* from = allFrom + *row * fromStride;
            TA a = startsAtZero ? default : TA.Load(from);
            TB b = startsAtZero ? default : TB.Load(from + TA.Width);
            TC c = startsAtZero ? default : TC.Load(from + TA.Width + TB.Width);
            AddOnes(word[0], values, valueStride, ref a, ref b, ref c);
            if (two) AddOnes(word[1], values + 64 * valueStride, valueStride, ref a, ref b, ref c);
            float* to = allTo + *row * toStride;
            TEnd.Put(ref a, to, scale);
            TEnd.Put(ref b, to + TA.Width, scale);
            TEnd.Put(ref c, to + TA.Width + TB.Width, scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOnes<TA, TB, TC>(ulong word, float* values, nint stride, ref TA a, ref TB b, ref TC c)
        where TA : struct, ILines<TA> where TB : struct, ILines<TB> where TC : struct, ILines<TC>
    {
        for (; word != 0; word &= word - 1)
        {
            float* terms = values + BitOperations.TrailingZeroCount(word) * stride;
            a.Add(terms);
            b.Add(terms + TA.Width);
            c.Add(terms + TA.Width + TB.Width);
        }
    }
}
