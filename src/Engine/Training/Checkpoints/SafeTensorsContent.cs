using System.Buffers.Binary;
using System.Security.Cryptography;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Training.Checkpoints;

/// <summary>A safetensors file as <see cref="SafeTensors"/> writes it, read and checked whole: lengths, header, offsets and
/// checksum. Every flipped bit, missing piece and addition is refused.</summary>
public sealed class SafeTensorsContent
{
    private readonly byte[] file;
    private readonly int dataStart;
    private readonly string place;
    private readonly Dictionary<string, TensorEntry> entries;

    private SafeTensorsContent(byte[] file, int dataStart, string place, SafeTensorsHeader header)
    {
        (this.file, this.dataStart, this.place) = (file, dataStart, place);
        Metadata = header.Metadata;
        Names = [.. header.Tensors.Select(t => t.Name)];
        entries = header.Tensors.ToDictionary(t => t.Name);
    }

    /// <summary>Strings by name, without the checksum.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The matrices' names, in the order in which they are stored.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a file; holds as much memory as the file is long.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read or is not exactly what was written.</exception>
    public static SafeTensorsContent Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Checks a whole file in memory, which is kept.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="place">Where they came from, for messages.</param>
    /// <exception cref="InvalidInputException">The bytes are not exactly what was written.</exception>
    public static SafeTensorsContent Parse(byte[] file, string place)
    {
        int headerLength = HeaderLength(file, place);
        ReadOnlyMemory<byte> json = file.AsMemory(SafeTensors.PrefixBytes, headerLength);
        int dataStart = SafeTensors.PrefixBytes + headerLength;
        SafeTensorsHeader header = SafeTensorsHeader.Parse(json, file.Length - dataStart, place);
        CheckChecksum(file, json.Span, header.Checksum, place);
        return new SafeTensorsContent(file, dataStart, place, header);
    }

    /// <summary>The shape [rows, columns] of a matrix.</summary>
    /// <exception cref="InvalidInputException">The file has no such matrix.</exception>
    public (int Rows, int Columns) Shape(string name) => (Entry(name).Rows, Entry(name).Columns);

    /// <summary>Overwrites a matrix of the stored shape; its padding becomes zero.</summary>
    /// <exception cref="InvalidInputException">The file has no such matrix, or one of another shape.</exception>
    public void CopyTo(string name, Matrix destination)
    {
        TensorEntry entry = Entry(name);
        if ((entry.Rows, entry.Columns) != (destination.Rows, destination.Columns))
            throw Refusal(place, $"matrix {name} [{destination.Rows}, {destination.Columns}]", $"[{entry.Rows}, {entry.Columns}]");
        destination.Clear();
        ReadOnlySpan<byte> rest = file.AsSpan(dataStart + entry.Start);
        for (int r = 0; r < entry.Rows; r++)
            foreach (ref float value in destination.Row(r))
            {
                value = BinaryPrimitives.ReadSingleLittleEndian(rest);
                rest = rest[sizeof(float)..];
            }
    }

    private TensorEntry Entry(string name)
    {
        if (!entries.TryGetValue(name, out TensorEntry entry)) throw Refusal(place, $"a matrix {name}", "none of that name");
        return entry;
    }

    private static int HeaderLength(ReadOnlySpan<byte> file, string place)
    {
        if (file.Length < SafeTensors.PrefixBytes) throw Refusal(place, "a safetensors file of at least 8 bytes", $"{file.Length} bytes");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        ulong most = (ulong)Math.Min(SafeTensors.LongestHeader, file.Length - SafeTensors.PrefixBytes);
        if (length > most) throw Refusal(place, $"a safetensors header of at most {most} bytes", $"a length of {length}");
        return (int)length;
    }

    private static void CheckChecksum(byte[] file, ReadOnlySpan<byte> header, string checksum, string place)
    {
        int at = SafeTensors.FindChecksum(header, checksum);
        if (at < 0) throw Refusal(place, $"one {SafeTensors.ChecksumKey} of {SafeTensors.ChecksumDigits} digits in the header", "another form");
        int start = SafeTensors.PrefixBytes + at;
        Span<byte> zeros = stackalloc byte[SafeTensors.ChecksumDigits];
        zeros.Fill((byte)'0');
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.AsSpan(0, start));
        hash.AppendData(zeros);
        hash.AppendData(file.AsSpan(start + SafeTensors.ChecksumDigits));
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != checksum) throw Refusal(place, $"contents with SHA-256 {checksum}", $"{found}: the file is damaged");
    }

    internal static InvalidInputException Refusal(string place, string expected, string found) =>
        new($"{place}: {OneLine($"expected {expected}, found {found}")}");

    /// <summary>Names in a hostile file may hold anything: no control characters, no endless message.</summary>
    private static string OneLine(string text)
    {
        const int Longest = 300;
        if (text.Length > Longest) text = text[..Longest] + "…";
        return string.Create(text.Length, text, (line, source) =>
        {
            for (int i = 0; i < line.Length; i++) line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }
}
