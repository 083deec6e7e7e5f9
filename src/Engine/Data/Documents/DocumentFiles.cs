using System.Text.RegularExpressions;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.Documents;

/// <summary>Datasets of the user's own documents: LDA-C files, UCI bags of words, or a folder of texts.</summary>
internal static partial class DocumentFiles
{
    /// <summary>The documents of a folder; null where it holds none of the forms. LDA-C: <c>tr.ldac</c> and, where there are,
    /// <c>va.ldac</c> and <c>ts.ldac</c>, with <c>vocab.txt</c>; UCI: <c>docword.NAME.txt</c> with <c>vocab.NAME.txt</c>; all
    /// plain or <c>.gz</c>; else every <c>*.txt</c> is a text.</summary>
    /// <exception cref="InvalidInputException">A file is missing, ambiguous or damaged.</exception>
    public static Dataset? TryOpenFolder(string folder, DataOptions options)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        try
        {
            string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
            if (files.Any(IsLdaC)) return OpenLdaC(name, folder, files, options);
            string[] uci = [.. files.Where(IsUci)];
            if (uci.Length > 1)
                throw new InvalidInputException($"{folder}: expected one file docword…, found {string.Join(" and ", uci.Select(Path.GetFileName))}");
            if (uci.Length == 1) return OpenUci(uci[0], options);
            string[] texts = TextFolder.Find(folder);
            return texts.Length > 0 ? TextFolder.Open(name, folder, texts, options) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{folder} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The documents of one file, split by the options' shares; null where its name is none of an LDA-C or UCI file.
    /// </summary>
    /// <exception cref="InvalidInputException">The vocabulary is missing, or a file is damaged.</exception>
    public static Dataset? TryOpenFile(string path, DataOptions options)
    {
        if (IsUci(path)) return OpenUci(path, options);
        if (!IsLdaC(path)) return null;
        IReadOnlyList<string> vocabulary = VocabularyFile.Read(Beside(path, "vocab.txt"));
        return DocumentSet.Create(Path.GetFileName(path), path, vocabulary, LdaCFile.Read(path, vocabulary.Count), null, null, options);
    }

    [GeneratedRegex(@"^(?:.*[-_.])?(?<part>tr|train|va|valid|validation|ts|te|test)\.(?:ldac|lda-c)(?:\.gz)?$")]
    private static partial Regex LdaCPart();

    [GeneratedRegex(@"\.(?:ldac|lda-c)(?:\.gz)?$")]
    private static partial Regex LdaCEnding();

    private static bool IsLdaC(string path) => LdaCEnding().IsMatch(path);

    private static bool IsUci(string path) => Path.GetFileName(path) is var file && file.StartsWith("docword.", StringComparison.Ordinal)
        && (file.EndsWith(".txt", StringComparison.Ordinal) || file.EndsWith(".txt.gz", StringComparison.Ordinal));

    private static Dataset OpenLdaC(string name, string folder, string[] files, DataOptions options)
    {
        Dictionary<char, string> parts = [];
        foreach (string path in files.Where(IsLdaC))
        {
            Match match = LdaCPart().Match(Path.GetFileName(path));
            if (!match.Success) continue;
            string part = match.Groups["part"].Value;
            char key = part is "tr" or "train" ? 'r' : part[0];
            if (!parts.TryAdd(key, path))
                throw new InvalidInputException($"{folder}: expected one file of each part, found {Path.GetFileName(parts[key])} and {Path.GetFileName(path)}");
        }

        if (!parts.TryGetValue('r', out string? training))
            throw new InvalidInputException($"{folder}: expected a file tr.ldac or train.ldac, plain or .gz, found none");
        IReadOnlyList<string> vocabulary = VocabularyFile.Read(Beside(training, "vocab.txt"));
        return DocumentSet.Create(name, folder, vocabulary, Read('r')!, Read('v'), Read('t'), options);

        CountMatrix? Read(char part) => parts.TryGetValue(part, out string? path) ? LdaCFile.Read(path, vocabulary.Count) : null;
    }

    private static Dataset OpenUci(string path, DataOptions options)
    {
        string file = Path.GetFileName(path);
        string name = file["docword.".Length..file.IndexOf(".txt", StringComparison.Ordinal)];
        IReadOnlyList<string> vocabulary = VocabularyFile.Read(Beside(path, $"vocab.{name}.txt"));
        return DocumentSet.Create(name, path, vocabulary, UciFile.Read(path, vocabulary.Count), null, null, options);
    }

    /// <summary>A file in the same folder, plain or gzip.</summary>
    private static string Beside(string path, string name)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        string[] found = [.. new[] { name, $"{name}.gz" }.Select(file => Path.Combine(folder, file)).Where(File.Exists)];
        return found.Length > 0 ? found[0] : throw new InvalidInputException(
            $"{path}: expected its vocabulary {name} beside it, plain or .gz, found none");
    }
}
