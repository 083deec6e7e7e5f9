using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Rows of a binary product with few ones: adds the value rows whose bits are on, one after the other.</summary>
internal static unsafe class ActiveRows
{
    // All rows of bits pass over 128 value rows before the next.
    private const int WordsAtATime = 2;

    /// <summary>Lines that are summed at a time: the more, the fewer ends of rows a processor has to guess, as far as registers hold the
    /// sums and the second-level cache the values.</summary>
    public static int MostLines => Vector512.IsHardwareAccelerated ? 7 : 5;

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
                case 1: AddLines<OneLine>(product, chosen, count, column, unfinished); break;
                case 2: AddLines<Twice<OneLine>>(product, chosen, count, column, unfinished); break;
                case 3: AddLines<OneMore<Twice<OneLine>>>(product, chosen, count, column, unfinished); break;
                case 4: AddLines<Twice<Twice<OneLine>>>(product, chosen, count, column, unfinished); break;
                case 5: AddLines<OneMore<Twice<Twice<OneLine>>>>(product, chosen, count, column, unfinished); break;
                case 6: AddLines<Twice<OneMore<Twice<OneLine>>>>(product, chosen, count, column, unfinished); break;
                default: AddLines<OneMore<Twice<OneMore<Twice<OneLine>>>>>(product, chosen, count, column, unfinished); break;
            }
        }
    }

    [MethodImpl(Compiled.Alone)]
    private static void AddLines<TLines>(in BinaryProduct product, int* chosen, int count, int column, float* unfinished)
        where TLines : struct, ILines<TLines>
    {
        int width = TLines.Width;
        for (int word = 0; word < product.Words; word += WordsAtATime)
        {
            bool last = word + WordsAtATime >= product.Words;
            RowPlaces places = product.Places(column, width, word == 0, last, unfinished);
            if (product.Adds && last) AddBlock<TLines, Adding>(product, chosen, count, column, word, places);
            else AddBlock<TLines, Storing>(product, chosen, count, column, word, places);
        }
    }

    // Copies of what the loop needs live in registers; fields of the product would be read again for every row.
    [MethodImpl(Compiled.Alone)]
    private static void AddBlock<TLines, TEnd>(
        in BinaryProduct product, int* chosen, int count, int column, int firstWord, RowPlaces places)
        where TLines : struct, ILines<TLines> where TEnd : struct, IRowEnd
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
            for (int fetch = 0; fetch < fetchesARow; fetch++, next += valueStride) TLines.Fetch(next);

            ulong* word = bits + *row * bitStride;
            float* from = allFrom + *row * fromStride;
            TLines sums = startsAtZero ? default : TLines.Load(from);
            AddOnes(word[0], values, valueStride, ref sums);
            if (two) AddOnes(word[1], values + 64 * valueStride, valueStride, ref sums);
            TEnd.Put(ref sums, allTo + *row * toStride, scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOnes<TLines>(ulong word, float* values, nint stride, ref TLines sums) where TLines : struct, ILines<TLines>
    {
        for (; word != 0; word &= word - 1) sums.Add(values + BitOperations.TrailingZeroCount(word) * stride);
    }
}
