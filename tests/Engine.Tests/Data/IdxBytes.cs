using System.Buffers.Binary;
using System.IO.Compression;

namespace DreamViz.Engine.Tests.Data;

/// <summary>Makes IDX files, good and bad.</summary>
internal static class IdxBytes
{
    public static byte[] Make(byte type, byte rank, uint[] sizes, int valueBytes, Func<int, byte>? value = null)
    {
        byte[] file = new byte[4 + 4 * sizes.Length + valueBytes];
        (file[2], file[3]) = (type, rank);
        for (int i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 + 4 * i), sizes[i]);
        for (int i = 0; i < valueBytes; i++) file[4 + 4 * sizes.Length + i] = value?.Invoke(i) ?? (byte)(i * 37 % 256);
        return file;
    }

    public static byte[] Images(int count, int height, int width, Func<int, byte>? value = null) =>
        Make(8, 3, [(uint)count, (uint)height, (uint)width], count * height * width, value);

    public static byte[] Labels(int count) => Make(8, 1, [(uint)count], count, i => (byte)(i % 10));

    public static byte[] Gzip(byte[] data)
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.Optimal)) gzip.Write(data);
        return output.ToArray();
    }
}
