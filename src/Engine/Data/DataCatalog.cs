using DreamViz.Engine.Data.BuiltIn;
using DreamViz.Engine.Data.Documents;

namespace DreamViz.Engine.Data;

/// <summary>Data that comes with the program.</summary>
/// <param name="Key">The name to ask for, before any colon.</param>
/// <param name="Usage">The name with its parameters, such as "bars[:SIZE[:P]]".</param>
/// <param name="Description">What the examples are, in a few words.</param>
/// <param name="Source">Where they come from.</param>
/// <param name="Open">Makes the dataset from the parameters behind the key's colons.</param>
public sealed record BuiltInData(
    string Key, string Usage, string Description, string Source, Func<DataParameters, DataOptions, Dataset> Open);

/// <summary>Finds data by the name of a built-in set or by a path.</summary>
public static class DataCatalog
{
    /// <summary>Everything that needs no file, the default first.</summary>
    public static IReadOnlyList<BuiltInData> BuiltIn { get; } = [Digits.Entry, Bars.Entry, Shifter.Entry, TopicBars.Entry];

    /// <summary>Opens built-in data such as <c>digits</c> or <c>bars:8:0.125</c>; a file of IDX pictures, or a folder of such
    /// files under their usual names; documents as LDA-C or UCI bags of words, or a folder of texts.</summary>
    /// <exception cref="InvalidInputException">There is no such data, it is damaged, or an option is out of range.</exception>
    public static Dataset Open(string nameOrPath, DataOptions? options = null)
    {
        options ??= new DataOptions();
        options.Validate();
        if (Find(nameOrPath) is { } builtIn)
            return builtIn.Open(new DataParameters(nameOrPath, builtIn.Usage, nameOrPath.Split(':')[1..]), options);
        if (Directory.Exists(nameOrPath)) return OpenFolder(nameOrPath, options);
        if (File.Exists(nameOrPath))
            return DocumentFiles.TryOpenFile(nameOrPath, options) ?? IdxFolder.OpenFile(nameOrPath, options);
        string names = string.Join(", ", BuiltIn.Select(entry => entry.Usage));
        throw new InvalidInputException($"data '{nameOrPath}': expected {names}, or a file or folder of IDX pictures or of documents; found none");
    }

    /// <summary>Whether the name, with or without parameters, is that of built-in data; else it can only be a path.</summary>
    public static bool IsBuiltIn(string name) => Find(name) is not null;

    // A folder of pictures may hold notes in text files; the other way round is not to be expected.
    private static Dataset OpenFolder(string folder, DataOptions options) => IdxFolder.Holds(folder)
        ? IdxFolder.Open(folder, options)
        : DocumentFiles.TryOpenFolder(folder, options) ?? IdxFolder.Open(folder, options);

    private static BuiltInData? Find(string name)
    {
        string key = name.Split(':')[0];
        return BuiltIn.FirstOrDefault(entry => entry.Key == key);
    }
}
