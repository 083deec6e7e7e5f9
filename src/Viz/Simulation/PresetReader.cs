using System.Text.Json;
using System.Text.Json.Serialization;
using DreamViz.Engine;
using DreamViz.Engine.Data.Formats;

namespace DreamViz.Viz.Simulation;

/// <summary>Reads and writes presets as JSON. Strict: unknown and repeated keys, wrong types and other versions are refused.
/// A preset is data: nothing in it makes the program write, run or fetch anything.</summary>
public static class PresetReader
{
    /// <summary>The largest preset file, in bytes.</summary>
    public const int MaximumBytes = 1 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        WriteIndented = true,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The preset in a file.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, is too large or is no preset.</exception>
    public static Preset ReadFile(string path)
    {
        FileInfo file = new(path);
        if (file.Exists && file.Length > MaximumBytes)
            throw new InvalidInputException($"{path}: expected at most {MaximumBytes} bytes of preset, found {file.Length}");
        return Parse(InputFile.ReadAll(path), path);
    }

    /// <summary>The preset in the bytes of a file.</summary>
    /// <param name="utf8">JSON.</param>
    /// <param name="place">The file's name, for messages.</param>
    /// <exception cref="InvalidInputException">The bytes are no preset.</exception>
    public static Preset Parse(ReadOnlySpan<byte> utf8, string place)
    {
        try
        {
            Preset preset = JsonSerializer.Deserialize<Preset>(utf8, Options)
                ?? throw new InvalidInputException($"{place}: expected a preset, found null");
            PresetCheck.Check(preset, place);
            return preset;
        }
        catch (JsonException error)
        {
            throw new InvalidInputException($"{place}: not a preset: {PresetMistake.Describe(error)}", error);
        }
    }

    /// <summary>The preset as JSON.</summary>
    public static byte[] Write(Preset preset) => JsonSerializer.SerializeToUtf8Bytes(preset, Options);
}
