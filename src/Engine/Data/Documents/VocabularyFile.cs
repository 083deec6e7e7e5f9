using DreamViz.Engine.Data.Formats;

namespace DreamViz.Engine.Data.Documents;

/// <summary>A vocabulary: one word a line, plain or gzip; the first line is word 0.</summary>
internal static class VocabularyFile
{
    /// <summary>The most words: the most units of a layer.</summary>
    public const int MaximumWords = 1 << 16;

    private const int MaximumLength = 200;

    /// <summary>Reads the words.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, or a line is no word or one that was there.</exception>
    public static IReadOnlyList<string> Read(string path) => Parse(TextBytes.ReadText(path), path);

    /// <summary>The words of a text.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<string> Parse(string text, string place)
    {
        List<string> words = [];
        Dictionary<string, int> lines = [];
        foreach (ReadOnlySpan<char> line in text.TrimEnd('\n', '\r', ' ', '\t').AsSpan().EnumerateLines())
        {
            string word = line.Trim().ToString();
            if (word.Length is 0 or > MaximumLength || word.Any(char.IsControl))
                throw Refuse(place, words.Count + 1, $"a word of 1 to {MaximumLength} characters", $"a line of {word.Length}");
            if (!lines.TryAdd(word, words.Count + 1))
                throw Refuse(place, words.Count + 1, "a word that did not occur before", $"'{word}' of line {lines[word]}");
            words.Add(word);
            if (words.Count > MaximumWords)
                throw Refuse(place, words.Count, $"at most {MaximumWords} words", "another");
        }

        return words;
    }

    private static InvalidInputException Refuse(string place, int line, string expected, string found) =>
        new($"{place}, line {line}: expected {expected}, found {found}");
}
