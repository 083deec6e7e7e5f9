using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DreamViz.Viz.Tests.Golden;

/// <summary>An opaque picture, [Height · Width · 4] bytes.</summary>
public sealed record Picture(int Width, int Height, byte[] Rgba);

/// <summary>Reads the PNG files of these tests: 8-bit RGB or RGBA, not interlaced; every checksum is checked.</summary>
public static class PngReader
{
    public static Picture Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    public static Picture Read(Stream stream)
    {
        var signature = new byte[8];
        stream.ReadExactly(signature);
        Assert.Equal("\u0089PNG\r\n\u001a\n", Encoding.Latin1.GetString(signature));
        byte[] header = [];
        using var data = new MemoryStream();
        foreach ((string type, byte[] content) in Chunks(stream))
        {
            if (type == "IHDR") header = content;
            if (type == "IDAT") data.Write(content);
        }

        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        Assert.Equal(8, header[8]);
        Assert.Contains(header[9], new byte[] { 2, 6 });
        Assert.Equal(0, header[12]);
        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        return new(width, height, Pixels(zlib, width, height, header[9] == 6 ? 4 : 3));
    }

    /// <summary>Every chunk up to the end of the file, its checksum checked.</summary>
    public static IEnumerable<(string Type, byte[] Content)> Chunks(Stream stream)
    {
        string type;
        do
        {
            var number = new byte[4];
            stream.ReadExactly(number);
            var chunk = new byte[4 + BinaryPrimitives.ReadInt32BigEndian(number)];
            stream.ReadExactly(chunk);
            stream.ReadExactly(number);
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(number), Checksum(chunk));
            type = Encoding.ASCII.GetString(chunk, 0, 4);
            yield return (type, chunk[4..]);
        }
        while (type != "IEND");
        Assert.Equal(-1, stream.ReadByte());
    }

    // One bit at a time, unlike the writer.
    private static uint Checksum(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint odd = (crc ^ (uint)value >> bit) & 1;
                crc = crc >> 1 ^ (odd == 1 ? 0xEDB88320 : 0);
            }
        }

        return ~crc;
    }

    private static byte[] Pixels(Stream rows, int width, int height, int channels)
    {
        var rgba = new byte[width * height * 4];
        byte[] above = new byte[width * channels], row = new byte[width * channels];
        for (int y = 0; y < height; y++)
        {
            int filter = rows.ReadByte();
            rows.ReadExactly(row);
            for (int i = 0; i < row.Length; i++)
            {
                int left = i >= channels ? row[i - channels] : 0, corner = i >= channels ? above[i - channels] : 0;
                row[i] += (byte)Predict(filter, left, above[i], corner);
            }

            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++) rgba[(y * width + x) * 4 + c] = row[x * channels + c];
                rgba[(y * width + x) * 4 + 3] = 255;
            }

            (above, row) = (row, above);
        }

        return rgba;
    }

    private static int Predict(int filter, int left, int up, int corner) => filter switch
    {
        0 => 0,
        1 => left,
        2 => up,
        3 => (left + up) / 2,
        4 => Paeth(left, up, corner),
        _ => throw new InvalidDataException($"PNG filter {filter}."),
    };

    private static int Paeth(int left, int up, int corner)
    {
        int guess = left + up - corner;
        int toLeft = Math.Abs(guess - left), toUp = Math.Abs(guess - up), toCorner = Math.Abs(guess - corner);
        if (toLeft <= toUp && toLeft <= toCorner) return left;
        return toUp <= toCorner ? up : corner;
    }
}
