namespace DreamViz.Viz.Recording;

/// <summary>The CRC-32 of PNG chunks: polynomial 0xEDB88320, bits reflected, complemented at both ends.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Entry((uint)value))];

    /// <summary>The checksum of two spans, one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Update(Update(uint.MaxValue, first), second);

    private static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data) crc = Table[(crc ^ value) & 255] ^ crc >> 8;
        return crc;
    }

    private static uint Entry(uint value)
    {
        for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ value >> 1 : value >> 1;
        return value;
    }
}
