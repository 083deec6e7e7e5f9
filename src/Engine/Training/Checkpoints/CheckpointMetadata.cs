using System.Text.Json;
using System.Text.Json.Serialization;

namespace DreamViz.Engine.Training.Checkpoints;

/// <summary>Typed values in the text metadata of a checkpoint, read strictly: unknown and duplicate keys are refused.</summary>
internal sealed class CheckpointMetadata(IReadOnlyDictionary<string, string> texts, string place)
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>The value as JSON that <see cref="Json"/> reads.</summary>
    public static string ToJson<T>(T value) => JsonSerializer.Serialize(value, Strict);

    /// <summary>The text under a key.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public string Text(string key) =>
        texts.TryGetValue(key, out string? text) ? text : throw SafeTensorsContent.Refusal(place, $"{key} in a checkpoint's metadata", "none");

    /// <summary>Checks the text under a key.</summary>
    /// <exception cref="InvalidInputException">It is another.</exception>
    public void Expect(string key, string expected)
    {
        string found = Text(key);
        if (found != expected) throw SafeTensorsContent.Refusal(place, $"{key} {expected}", found);
    }

    /// <summary>The value under a key.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is of another form.</exception>
    public T Json<T>(string key)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Text(key), Strict) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidInputException(
                SafeTensorsContent.Refusal(place, $"{key} of a checkpoint", e.Message).Message, e);
        }
    }
}
