using System.Text.RegularExpressions;
using DreamViz.Engine;

namespace DreamViz.Viz.Simulation;

/// <summary>Refuses presets that could not run or not be shown. Ranges of settings are held by who uses them.</summary>
internal static partial class PresetCheck
{
    private const int LongestText = 400;

    /// <exception cref="InvalidInputException">Something cannot be used.</exception>
    public static void Check(Preset preset, string place)
    {
        if (preset.Version != Preset.CurrentVersion)
            throw Refuse(place, "version", $"{Preset.CurrentVersion}", $"{preset.Version}");
        if (!Key().IsMatch(preset.Key)) throw Refuse(place, "key", "up to 40 of a–z, 0–9 and -", $"'{preset.Key}'");
        CheckText(place, "name", preset.Name);
        CheckText(place, "watch", preset.Watch);
        if (preset.Data is { Source: null, Needs: "" }) throw Refuse(place, "data", "a source or what it needs", "neither");
    }

    private static void CheckText(string place, string key, string text)
    {
        if (text.Length is 0 or > LongestText || text.Any(char.IsControl))
            throw Refuse(place, key, $"one line of 1 to {LongestText} characters", $"{text.Length} characters");
    }

    private static InvalidInputException Refuse(string place, string key, string expected, string found) =>
        new($"{place}: {key}: expected {expected}, found {found}");

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Key();
}
