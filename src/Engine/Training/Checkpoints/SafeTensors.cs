using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Training.Checkpoints;

/// <summary>
/// Writes matrices as safetensors: the header's length N as a little-endian u64, N bytes of JSON padded with spaces to a
/// multiple of 8, then the matrices as F32, row-major, little-endian, without gaps.
/// </summary>
/// <remarks>
/// <c>__metadata__</c> also holds <c>sha256</c>: the lower-case hexadecimal SHA-256 of the whole file with those 64 digits
/// replaced by zeros. <see cref="SafeTensorsContent"/> reads and checks it. Format: safetensors, Hugging Face, 2022.
/// </remarks>
public static class SafeTensors
{
    internal const string ChecksumKey = "sha256";
    internal const string MetadataKey = "__metadata__";
    internal const int ChecksumDigits = 64;
    internal const int PrefixBytes = 8;
    internal const long LongestHeader = 100_000_000;
    private const int HeaderAlignment = 8;

    private static readonly string NoChecksum = new('0', ChecksumDigits);

    /// <summary>Writes metadata and matrices; row padding is left out.</summary>
    /// <param name="destination">Receives the file from its current position on, in pieces of many kilobytes.</param>
    /// <param name="metadata">Strings by name; must not contain <c>sha256</c>.</param>
    /// <param name="tensors">Matrices [rows, columns] with unique names, stored in this order.</param>
    public static void Write(Stream destination, IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<(string Name, Matrix Values)> tensors)
    {
        byte[] head = Head(metadata, tensors);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        byte[] piece = new byte[1 << 16];
        ForEachPiece(tensors, piece, hash.AppendData);
        FillChecksum(head, Convert.ToHexStringLower(hash.GetHashAndReset()));
        destination.Write(head);
        ForEachPiece(tensors, piece, destination.Write);
    }

    /// <summary>Where the 64 digits of the checksum stand in a header, or −1 unless they stand there exactly once.</summary>
    internal static int FindChecksum(ReadOnlySpan<byte> header, string checksum)
    {
        byte[] entry = Encoding.UTF8.GetBytes($"\"{ChecksumKey}\":\"{checksum}\"");
        int at = header.IndexOf(entry);
        return at >= 0 && header.LastIndexOf(entry) == at ? at + entry.Length - 1 - ChecksumDigits : -1;
    }

    private static byte[] Head(IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<(string Name, Matrix Values)> tensors)
    {
        using MemoryStream json = new();
        json.Write(stackalloc byte[PrefixBytes]);
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            WriteMetadata(writer, metadata);
            WriteTensors(writer, tensors);
            writer.WriteEndObject();
        }

        while (json.Length % HeaderAlignment != 0) json.WriteByte((byte)' ');
        byte[] head = json.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(head, head.Length - PrefixBytes);
        return head;
    }

    private static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> metadata)
    {
        writer.WriteStartObject(MetadataKey);
        writer.WriteString(ChecksumKey, NoChecksum);
        foreach ((string key, string value) in metadata)
        {
            if (key == ChecksumKey) throw new ArgumentException($"The key {key} is the writer's own.", nameof(metadata));
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter writer, IReadOnlyList<(string Name, Matrix Values)> tensors)
    {
        HashSet<string> names = [MetadataKey];
        long offset = 0;
        foreach ((string name, Matrix values) in tensors)
        {
            if (!names.Add(name)) throw new ArgumentException($"Two tensors named {name}.", nameof(tensors));
            long end = offset + (long)values.Rows * values.Columns * sizeof(float);
            writer.WriteStartObject(name);
            writer.WriteString("dtype", "F32");
            WritePair(writer, "shape", values.Rows, values.Columns);
            WritePair(writer, "data_offsets", offset, end);
            writer.WriteEndObject();
            offset = end;
        }
    }

    private static void WritePair(Utf8JsonWriter writer, string name, long first, long second)
    {
        writer.WriteStartArray(name);
        writer.WriteNumberValue(first);
        writer.WriteNumberValue(second);
        writer.WriteEndArray();
    }

    private static void FillChecksum(byte[] head, string checksum)
    {
        int at = FindChecksum(head.AsSpan(PrefixBytes), NoChecksum);
        if (at < 0) throw new ArgumentException("The metadata contains the text of the checksum's place.");
        Encoding.ASCII.GetBytes(checksum, head.AsSpan(PrefixBytes + at));
    }

    private static void ForEachPiece(IReadOnlyList<(string Name, Matrix Values)> tensors, byte[] piece,
        ReadOnlySpanAction consume)
    {
        int filled = 0;
        foreach ((_, Matrix values) in tensors)
        {
            for (int r = 0; r < values.Rows; r++)
            {
                ReadOnlySpan<float> rest = values.Row(r);
                while (!rest.IsEmpty)
                {
                    int count = Math.Min(rest.Length, (piece.Length - filled) / sizeof(float));
                    ToLittleEndian(rest[..count], piece.AsSpan(filled));
                    rest = rest[count..];
                    filled += count * sizeof(float);
                    if (filled == piece.Length) Consume(consume, piece, ref filled);
                }
            }
        }

        Consume(consume, piece, ref filled);
    }

    private static void Consume(ReadOnlySpanAction consume, byte[] piece, ref int filled)
    {
        consume(piece.AsSpan(0, filled));
        filled = 0;
    }

    private static void ToLittleEndian(ReadOnlySpan<float> source, Span<byte> destination)
    {
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.AsBytes(source).CopyTo(destination);
        else
            for (int i = 0; i < source.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(destination[(i * sizeof(float))..], source[i]);
    }

    private delegate void ReadOnlySpanAction(ReadOnlySpan<byte> bytes);
}
