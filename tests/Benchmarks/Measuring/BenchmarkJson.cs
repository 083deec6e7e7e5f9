using System.Text.Json;
using DreamViz.Engine;

namespace DreamViz.Benchmarks.Measuring;

/// <summary>The tables as one JSON array, an object a row: <c>name</c>, <c>ratio</c>, <c>must</c>, <c>aim</c> (null where there
/// is none) and <c>unit</c>.</summary>
internal static class BenchmarkJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of the array.</summary>
    public static string Format(IEnumerable<BenchmarkRow> rows) => JsonSerializer.Serialize(
        rows.Select(row => new { name = row.FullName, ratio = row.Ratio, must = row.Must, aim = row.Aim, unit = row.Unit }),
        Options);

    /// <summary>Refuses a file that cannot be written, before anything is measured.</summary>
    /// <exception cref="InvalidInputException">There is no such folder, or it is a folder itself.</exception>
    public static void Check(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (!Directory.Exists(folder))
            throw new InvalidInputException($"--json: expected a file in a folder that is there, found '{path}'");
        if (Directory.Exists(path)) throw new InvalidInputException($"--json: expected a file, found the folder '{path}'");
    }

    /// <summary>Writes the array in place of whatever the file held.</summary>
    /// <exception cref="InvalidInputException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<BenchmarkRow> rows)
    {
        try
        {
            File.WriteAllText(path, Format(rows) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"--json: expected a file that can be written, found '{path}': {error.Message}");
        }
    }
}
