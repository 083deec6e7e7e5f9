using System.Text.Json;
using System.Text.Unicode;

namespace DreamViz.Engine.Training.Checkpoints;

/// <summary>One matrix of a safetensors file.</summary>
/// <param name="Name">Its unique name.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Start">Bytes from the start of the data.</param>
internal readonly record struct TensorEntry(string Name, int Rows, int Columns, int Start);

/// <summary>The JSON header of a safetensors file, read strictly: no duplicate or unknown keys, F32 matrices only, offsets
/// that chain from 0 to the end of the data.</summary>
internal sealed class SafeTensorsHeader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private readonly string place;
    private readonly Dictionary<string, string> metadata = [];
    private readonly List<(TensorEntry Entry, long End)> tensors = [];

    private SafeTensorsHeader(string place) => this.place = place;

    /// <summary>The checksum that the header states.</summary>
    public string Checksum { get; private set; } = "";

    /// <summary>Strings by name, without the checksum.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The matrices, by their place in the data.</summary>
    public IEnumerable<TensorEntry> Tensors => tensors.Select(t => t.Entry);

    /// <param name="json">The header with its padding.</param>
    /// <param name="dataLength">Bytes behind the header.</param>
    /// <param name="place">Where it came from, for messages.</param>
    /// <exception cref="InvalidInputException">The header is not one that <see cref="SafeTensors"/> writes.</exception>
    public static SafeTensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string place)
    {
        SafeTensorsHeader header = new(place);
        if (!Utf8.IsValid(json.Span)) throw header.Refusal("a header in UTF-8", "other bytes");
        if (json.Length % 8 != 0 || json.IsEmpty || json.Span[0] != '{')
            throw header.Refusal("a header that begins with { and is padded to 8 bytes", $"another form of {json.Length} bytes");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            header.ReadEntries(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidInputException($"{place}: expected a safetensors header, found broken JSON: {e.Message.ReplaceLineEndings(" ")}", e);
        }

        header.CheckChain(dataLength);
        return header;
    }

    private void ReadEntries(JsonElement root)
    {
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == SafeTensors.MetadataKey) ReadMetadata(property.Value);
            else ReadTensor(property.Name, property.Value);
        }

        if (!metadata.Remove(SafeTensors.ChecksumKey, out string? checksum) || checksum.Length != SafeTensors.ChecksumDigits)
            throw Refusal($"a {SafeTensors.ChecksumKey} of {SafeTensors.ChecksumDigits} digits in {SafeTensors.MetadataKey}", checksum ?? "none");
        Checksum = checksum!;
    }

    private void ReadMetadata(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Refusal($"an object {SafeTensors.MetadataKey}", $"{value.ValueKind}");
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String) throw Refusal($"text for {entry.Name}", $"{entry.Value.ValueKind}");
            metadata.Add(entry.Name, entry.Value.GetString()!);
        }
    }

    private void ReadTensor(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() != 3
            || !value.TryGetProperty("dtype", out JsonElement type)
            || !value.TryGetProperty("shape", out JsonElement shape)
            || !value.TryGetProperty("data_offsets", out JsonElement offsets))
        {
            throw Refusal($"dtype, shape and data_offsets for {name}", "other keys");
        }

        if (type.ValueKind != JsonValueKind.String || !type.ValueEquals("F32")) throw Refusal($"dtype F32 for {name}", type.GetRawText());
        (long rows, long columns) = Pair(name, "shape", shape);
        (long start, long end) = Pair(name, "data_offsets", offsets);
        // Four times a product of two 31-bit numbers needs more than 64 bits.
        if (rows > int.MaxValue || columns > int.MaxValue || end < start
            || (UInt128)(end - start) != (UInt128)rows * (UInt128)columns * sizeof(float))
            throw Refusal($"4 · rows · columns bytes for {name}", $"[{rows}, {columns}] at {start} to {end}");
        if (end > int.MaxValue) throw Refusal($"at most 2 GiB of data up to {name}", $"{end} bytes");
        tensors.Add((new TensorEntry(name, (int)rows, (int)columns, (int)start), end));
    }

    private (long First, long Second) Pair(string name, string key, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2
            || !Whole(value[0], out long first) || !Whole(value[1], out long second))
        {
            throw Refusal($"two whole numbers as {key} of {name}", value.GetRawText());
        }

        return (first, second);
    }

    private void CheckChain(long dataLength)
    {
        tensors.Sort((a, b) => (a.Entry.Start, a.End).CompareTo((b.Entry.Start, b.End)));
        long reached = 0;
        foreach ((TensorEntry entry, long end) in tensors)
        {
            if (entry.Start != reached) throw Refusal($"{entry.Name} to begin at byte {reached} of the data", $"{entry.Start}");
            reached = end;
        }

        if (reached != dataLength) throw Refusal($"{reached} bytes of data", $"{dataLength}");
    }

    private static bool Whole(JsonElement value, out long number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number) && number >= 0;
    }

    private InvalidInputException Refusal(string expected, string found) => SafeTensorsContent.Refusal(place, expected, found);
}
