using System.Collections.Frozen;
using System.Reflection;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>A file of the page.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Its content.</param>
internal sealed record PageFile(string ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>The files of the page, carried inside the program: nothing is read from disk, and no path comes from a request.</summary>
internal static class PageFiles
{
    private const string Prefix = "Page/";

    private static readonly FrozenDictionary<string, PageFile> Files = Assembly.GetExecutingAssembly()
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => "/" + name[Prefix.Length..], Read);

    /// <summary>The file at a path of a URL; null where there is none.</summary>
    public static PageFile? Find(string path) => Files.GetValueOrDefault(path == "/" ? "/page.html" : path);

    private static PageFile Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(ContentType(Path.GetExtension(name)), bytes);
    }

    private static string ContentType(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => throw new InvalidOperationException($"The page has a file of the unknown kind {extension}."),
    };
}
