using System.Globalization;
using System.Text;
using DreamViz.Engine.Data.Formats;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.Documents;

/// <summary>A folder of texts, each file (*.txt, in folders below, too) a document. Words are runs of at least two letters, in
/// lower case; the vocabulary is made of the training texts: the most frequent words of those that occur in enough texts and are
/// no stop words.</summary>
internal static class TextFolder
{
    private const int LeastLetters = 2;

    // Far beyond any word; a run without end is no text.
    private const int MostLetters = 100;

    /// <summary>The texts of a folder, in the order of their names; none where there are none.</summary>
    public static string[] Find(string folder)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        return [.. Directory.EnumerateFiles(folder, "*.txt", options).Take(DocumentSet.MaximumDocuments + 1).Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads and counts the texts.</summary>
    /// <exception cref="InvalidInputException">A file cannot be read or is no text, or no word is left.</exception>
    public static Dataset Open(string name, string folder, string[] files, DataOptions options)
    {
        if (files.Length > DocumentSet.MaximumDocuments)
            throw new InvalidInputException($"{folder}: expected at most {DocumentSet.MaximumDocuments} texts, found more");
        Dictionary<string, int> ids = [];
        List<Dictionary<int, int>> texts = [.. files.Select(file => Count(TextBytes.ReadText(file), ids))];
        int[] rows = [.. Enumerable.Range(0, files.Length)];
        int[] test = DocumentSet.Split(ref rows, options.TestShare, files.Length, options, 2);
        int[] validation = DocumentSet.Split(ref rows, options.ValidationShare, files.Length, options, 1);
        string[] words = new string[ids.Count];
        foreach ((string word, int id) in ids) words[id] = word;
        int[] chosen = Choose(rows.Select(row => texts[row]), words, options);
        if (chosen.Length == 0)
            throw new InvalidInputException($"{folder}: expected words that occur in {options.MinimumDocuments} of {rows.Length} training texts, found none");
        return DocumentSet.Create(name, folder, [.. chosen.Select(id => words[id])],
            Collect(rows, texts, chosen), Collect(validation, texts, chosen), Collect(test, texts, chosen), options);
    }

    /// <summary>How often each word occurs; words that are new get the next number.</summary>
    internal static Dictionary<int, int> Count(string text, Dictionary<string, int> ids)
    {
        Dictionary<int, int> counts = [];
        foreach (string word in Words(text))
        {
            if (!ids.TryGetValue(word, out int id)) ids.Add(word, id = ids.Count);
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        return counts;
    }

    /// <summary>Runs of letters and the marks on them, in lower case.</summary>
    internal static IEnumerable<string> Words(string text)
    {
        StringBuilder word = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune) || word.Length > 0 && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                word.Append(Rune.ToLowerInvariant(rune));
                continue;
            }

            if (word.Length is >= LeastLetters and <= MostLetters) yield return word.ToString();
            word.Clear();
        }

        if (word.Length is >= LeastLetters and <= MostLetters) yield return word.ToString();
    }

    /// <summary>The vocabulary, the most frequent word first; of words as frequent, the one whose letters come first.</summary>
    private static int[] Choose(IEnumerable<Dictionary<int, int>> texts, string[] words, DataOptions options)
    {
        long[] occurrences = new long[words.Length];
        int[] documents = new int[words.Length];
        foreach (Dictionary<int, int> text in texts)
        {
            foreach ((int id, int count) in text)
            {
                occurrences[id] += count;
                documents[id]++;
            }
        }

        HashSet<string> stopWords = options.StopWords == "" ? [] : [.. Words(TextBytes.ReadText(options.StopWords))];
        return [.. Enumerable.Range(0, words.Length)
            .Where(id => documents[id] >= options.MinimumDocuments && !stopWords.Contains(words[id]))
            .OrderByDescending(id => occurrences[id]).ThenBy(id => words[id], StringComparer.Ordinal)
            .Take(options.VocabularySize)];
    }

    private static CountMatrix Collect(int[] rows, List<Dictionary<int, int>> texts, int[] chosen)
    {
        Dictionary<int, int> columns = chosen.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        CountMatrix documents = new(chosen.Length);
        foreach (int row in rows)
        {
            (int Word, int Count)[] entries =
                [.. texts[row].Where(entry => columns.ContainsKey(entry.Key)).Select(entry => (columns[entry.Key], entry.Value)).OrderBy(entry => entry.Item1)];
            documents.Append([.. entries.Select(entry => entry.Word)], [.. entries.Select(entry => entry.Count)]);
        }

        return documents;
    }
}
