using DreamViz.Engine.Data.Formats;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.Documents;

/// <summary>The format of LDA-C, plain or gzip: a document a line, <c>M word:count word:count …</c> with M different words,
/// numbered from 0 in any order.</summary>
/// <remarks>Source: Blei, Ng and Jordan, "Latent Dirichlet allocation", 2003, and the program of that name.</remarks>
internal static class LdaCFile
{
    /// <summary>Reads the documents, [N, V].</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabularySize">V.</param>
    /// <exception cref="InvalidInputException">The file cannot be read or is not such a file.</exception>
    public static CountMatrix Read(string path, int vocabularySize) => Parse(TextBytes.ReadAll(path), path, vocabularySize);

    /// <summary>The documents of a text.</summary>
    /// <inheritdoc cref="Read"/>
    public static CountMatrix Parse(ReadOnlySpan<byte> text, string place, int vocabularySize)
    {
        CountMatrix documents = new(vocabularySize);
        int[] words = new int[vocabularySize], counts = new int[vocabularySize];
        NumberReader reader = new(text, place);
        while (!reader.IsAtEnd())
        {
            if (documents.Rows == DocumentSet.MaximumDocuments)
                throw reader.Refuse($"at most {DocumentSet.MaximumDocuments} documents", "another");
            int entries = ReadLine(ref reader, words, counts);
            documents.Append(words.AsSpan(0, entries), counts.AsSpan(0, entries));
            reader.EndLine();
        }

        return documents;
    }

    private static int ReadLine(ref NumberReader reader, int[] words, int[] counts)
    {
        int entries = reader.Next(0, words.Length, "the number of different words");
        int left = DocumentSet.MaximumLength;
        for (int i = 0; i < entries; i++)
        {
            words[i] = reader.Next(0, words.Length - 1, "a word of the vocabulary");
            reader.Colon();
            counts[i] = reader.Next(1, left, "how often the word occurs");
            left -= counts[i] - 1;
        }

        Array.Sort(words, counts, 0, entries);
        for (int i = 1; i < entries; i++)
            if (words[i] == words[i - 1]) throw reader.Refuse("every word once", $"word {words[i]} twice");
        return entries;
    }
}
