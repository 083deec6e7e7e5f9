using System.Text.Json;
using System.Text.RegularExpressions;

namespace DreamViz.Viz.Simulation;

/// <summary>Says what is wrong in a preset file in the user's words, without names of types.</summary>
internal static partial class PresetMistake
{
    /// <summary>Line, place and mistake, in one line whatever the file holds.</summary>
    public static string Describe(JsonException error)
    {
        string line = error.LineNumber is { } number ? $"line {number + 1}, " : "";
        string place = error.Path is { } path and not "$" ? $"{path.Replace("$.", "")}: " : "";
        return (line + place + Mistake(error.Message)).ReplaceLineEndings(" ");
    }

    private static string Mistake(string message)
    {
        if (UnknownKey().Match(message) is { Success: true } unknown) return $"unknown key '{unknown.Groups[1].Value}'";
        if (Missing().Match(message) is { Success: true } missing) return $"missing {missing.Groups[1].Value}";
        if (message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase)) return "the same key twice";
        return message.Contains("could not be converted", StringComparison.Ordinal)
            ? "a value of another kind is expected here"
            : message.Contains("null", StringComparison.Ordinal) ? "a value is expected here, found null" : "malformed JSON";
    }

    [GeneratedRegex("property '([^']*)' could not be mapped")]
    private static partial Regex UnknownKey();

    [GeneratedRegex("missing required properties[^:]*: (.*)\\.$")]
    private static partial Regex Missing();
}
