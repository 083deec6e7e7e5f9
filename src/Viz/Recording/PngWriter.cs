using System.Buffers.Binary;
using System.IO.Compression;
using DreamViz.Engine.Data.Formats;

namespace DreamViz.Viz.Recording;

/// <summary>Writes pictures as PNG: 8-bit RGB, each row as its difference from the row above, deflated.</summary>
/// <remarks>Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)".</remarks>
public static class PngWriter
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Writes one picture.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="rgba">[height · width · 4] pixels; their opacity is left out.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static void Write(Stream stream, ReadOnlySpan<byte> rgba, int width, int height)
    {
        WriteSignature(stream);
        WriteHeader(stream, width, height);
        WriteChunk(stream, "IDAT"u8, Compress(rgba, width, height, CompressionLevel.Fastest));
        WriteChunk(stream, "IEND"u8, []);
    }

    /// <summary>Writes the eight bytes that begin every PNG file.</summary>
    internal static void WriteSignature(Stream stream) => stream.Write(Signature);

    /// <summary>Writes the IHDR chunk of an 8-bit RGB picture.</summary>
    internal static void WriteHeader(Stream stream, int width, int height)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, 2);
        WriteChunk(stream, "IHDR"u8, header);
    }

    /// <summary>Writes a chunk: length, type, data, CRC-32 of type and data.</summary>
    internal static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Compute(type), data));
        stream.Write(number);
    }

    /// <summary>The filtered rows of a picture as a zlib stream.</summary>
    internal static byte[] Compress(ReadOnlySpan<byte> rgba, int width, int height, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, level, leaveOpen: true))
        {
            var row = new byte[1 + width * 3];
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<byte> above = y == 0 ? default : rgba.Slice((y - 1) * width * 4, width * 4);
                FilterRow(rgba.Slice(y * width * 4, width * 4), above, row);
                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    private static void FilterRow(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> above, Span<byte> row)
    {
        const byte Up = 2;
        row[0] = Up;
        for (int from = 0, to = 1; from < pixels.Length; from += 4, to += 3)
        {
            for (int channel = 0; channel < 3; channel++)
                row[to + channel] = (byte)(pixels[from + channel] - (above.IsEmpty ? 0 : above[from + channel]));
        }
    }
}
