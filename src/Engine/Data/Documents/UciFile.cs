using DreamViz.Engine.Data.Formats;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.Documents;

/// <summary>The bag-of-words format of the UCI repository, plain or gzip: the numbers of documents, of words in the vocabulary
/// and of entries, a line each; then entries, <c>document word count</c> a line, documents and words numbered from 1, in any
/// order.</summary>
/// <remarks>Source: Newman, "Bag of Words", UCI Machine Learning Repository, 2008.</remarks>
internal static class UciFile
{
    // "1 1 1" and the end of the line.
    private const int ShortestEntry = 6;

    /// <summary>Reads the documents, [N, V].</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabularySize">V.</param>
    /// <exception cref="InvalidInputException">The file cannot be read or is not such a file.</exception>
    public static CountMatrix Read(string path, int vocabularySize) => Parse(TextBytes.ReadAll(path), path, vocabularySize);

    /// <summary>The documents of a text.</summary>
    /// <inheritdoc cref="Read"/>
    public static CountMatrix Parse(ReadOnlySpan<byte> text, string place, int vocabularySize)
    {
        NumberReader reader = new(text, place);
        int documents = Header(ref reader, 1, DocumentSet.MaximumDocuments, "the number of documents");
        Header(ref reader, vocabularySize, vocabularySize, "the number of words of the vocabulary");
        int entries = Header(ref reader, 1, text.Length / ShortestEntry + 1, "the number of entries");
        long[] keys = new long[entries];
        int[] counts = new int[entries];
        for (int i = 0; i < entries; i++)
        {
            if (reader.IsAtEnd()) throw reader.Refuse($"{entries} entries", $"{i}");
            long document = reader.Next(1, documents, "a document") - 1;
            keys[i] = document << 32 | (long)(reader.Next(1, vocabularySize, "a word of the vocabulary") - 1);
            counts[i] = reader.Next(1, DocumentSet.MaximumLength, "how often the word occurs");
            reader.EndLine();
        }

        if (!reader.IsAtEnd()) throw reader.Refuse($"the end of the file after {entries} entries", "more");
        Array.Sort(keys, counts);
        return Collect(keys, counts, documents, vocabularySize, place);
    }

    private static int Header(ref NumberReader reader, int least, int most, string what)
    {
        reader.IsAtEnd();
        int value = reader.Next(least, most, what);
        reader.EndLine();
        return value;
    }

    private static CountMatrix Collect(long[] keys, int[] counts, int documents, int vocabularySize, string place)
    {
        CountMatrix result = new(vocabularySize);
        int[] words = new int[vocabularySize];
        for (int document = 0, first = 0, next = 0; document < documents; document++, first = next)
        {
            long total = 0;
            for (; next < keys.Length && keys[next] >> 32 == document; next++)
            {
                if (next > first && keys[next] == keys[next - 1])
                    throw new InvalidInputException($"{place}: expected every word of document {document + 1} once, found word {(int)keys[next] + 1} twice");
                words[next - first] = (int)keys[next];
                total += counts[next];
            }

            if (total > DocumentSet.MaximumLength)
                throw new InvalidInputException($"{place}: expected at most {DocumentSet.MaximumLength} words of document {document + 1}, found {total}");
            result.Append(words.AsSpan(0, next - first), counts.AsSpan(first, next - first));
        }

        return result;
    }
}
