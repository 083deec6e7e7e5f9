using System.Buffers.Binary;

namespace DreamViz.Engine.Data.Formats;

/// <summary>CRC-32 as gzip and PNG use it: polynomial x³² + x²⁶ + … + 1 reflected (0xEDB88320), all ones before and after.</summary>
/// <remarks>Four tables, four bytes a turn. Source: Sarwate, "Computation of cyclic redundancy checks via table look-up", 1988;
/// Kounavis and Berry, "A systematic approach to building high performance software-based CRC generators", 2005.</remarks>
public static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Tables = CreateTables();

    /// <summary>The checksum of the bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of everything before, whose checksum is <paramref name="crc"/>, followed by these bytes.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint[] t = Tables;
        crc = ~crc;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            crc ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = t[768 + (crc & 255)] ^ t[512 + (crc >> 8 & 255)] ^ t[256 + (crc >> 16 & 255)] ^ t[crc >> 24];
        }

        foreach (byte b in bytes) crc = t[(crc ^ b) & 255] ^ crc >> 8;
        return ~crc;
    }

    /// <summary>The definition, one bit at a time.</summary>
    public static uint Reference(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = Shift(crc);
        }

        return ~crc;
    }

    private static uint Shift(uint crc) => (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;

    private static uint[] CreateTables()
    {
        uint[] tables = new uint[4 * 256];
        for (uint b = 0; b < 256; b++)
        {
            uint crc = b;
            for (int bit = 0; bit < 8; bit++) crc = Shift(crc);
            tables[b] = crc;
        }

        for (int i = 256; i < tables.Length; i++) tables[i] = tables[tables[i - 256] & 255] ^ tables[i - 256] >> 8;
        return tables;
    }
}
