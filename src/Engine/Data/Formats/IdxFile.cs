using System.Buffers.Binary;

namespace DreamViz.Engine.Data.Formats;

/// <summary>The IDX format of MNIST and its relatives, plain or gzip: 0, 0, type, rank, the sizes as big-endian 32-bit
/// numbers, then the values. Only unsigned bytes (type 8) are read.</summary>
/// <remarks>Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", 1998. Sizes are held against the
/// length of the file before anything is allocated for them, and the length must fit exactly.</remarks>
internal static class IdxFile
{
    private const byte UnsignedByte = 8;
    private const int ImageRank = 3;
    private const int LabelRank = 1;

    /// <summary>Reads pictures, rank 3: [N, Height, Width].</summary>
    /// <exception cref="InvalidInputException">The file cannot be read or is not such a file.</exception>
    public static GrayImages ReadImages(string path) => ParseImages(InputFile.ReadAll(path), path);

    /// <summary>Reads labels, rank 1: [N].</summary>
    /// <exception cref="InvalidInputException">The file cannot be read or is not such a file.</exception>
    public static IReadOnlyList<int> ReadLabels(string path) => ParseLabels(InputFile.ReadAll(path), path);

    /// <summary>Pictures out of the bytes of a file, whose values' maximum is 255, or 1 where nothing is above 1.</summary>
    /// <param name="file">The whole file, plain or gzip.</param>
    /// <param name="place">The file's name, for messages.</param>
    /// <exception cref="InvalidInputException">The bytes are no such file.</exception>
    public static GrayImages ParseImages(byte[] file, string place)
    {
        (int[] sizes, byte[] pixels) = Parse(file, place, ImageRank, "pictures");
        int maximum = pixels.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1) ? byte.MaxValue : 1;
        return new GrayImages(sizes[2], sizes[1], maximum, pixels, Labels: null);
    }

    /// <summary>Labels out of the bytes of a file.</summary>
    /// <inheritdoc cref="ParseImages"/>
    public static IReadOnlyList<int> ParseLabels(byte[] file, string place) =>
        Array.ConvertAll(Parse(file, place, LabelRank, "labels").Values, value => (int)value);

    private static (int[] Sizes, byte[] Values) Parse(byte[] file, string place, int rank, string what)
    {
        int start = 4 + 4 * rank;
        if (!GzipMember.Begins(file)) return (ParseHeader(file, file.Length, place, rank, what), file[start..]);
        GzipMember member = new(file, place);
        int[] sizes = ParseHeader(member.ReadPrefix(start), member.DeclaredLength, place, rank, what);
        return (sizes, member.ReadAll()[start..]);
    }

    private static int[] ParseHeader(ReadOnlySpan<byte> header, long length, string place, int rank, string what)
    {
        if (header.Length < 4) throw new InvalidInputException($"{place} is too short for IDX: {length} bytes");
        if (header[0] != 0 || header[1] != 0)
            throw new InvalidInputException(
                $"{place}: expected IDX, which begins with 0000, found {header[0]:x2}{header[1]:x2}");
        if (header[2] != UnsignedByte)
            throw new InvalidInputException($"{place}: expected IDX type 08 (unsigned byte), found {header[2]:x2}");
        if (header[3] != rank)
            throw new InvalidInputException($"{place}: expected {what}, IDX rank {rank}, found rank {header[3]}");
        if (header.Length < 4 + 4 * rank)
            throw new InvalidInputException($"{place} is cut off in the IDX header: {length} bytes");
        return ParseSizes(header[4..], Math.Max(0, length - 4 - 4 * rank), place, rank);
    }

    private static int[] ParseSizes(ReadOnlySpan<byte> header, long values, string place, int rank)
    {
        uint[] sizes = new uint[rank];
        // Three factors below 2³² cannot overflow 128 bits.
        UInt128 product = 1;
        for (int i = 0; i < rank; i++)
        {
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(header[(4 * i)..]);
            product *= sizes[i];
        }

        string shape = string.Join('×', sizes);
        if (product == 0) throw new InvalidInputException($"{place}: expected at least one value, found the IDX shape {shape}");
        if (product != (UInt128)values)
            throw new InvalidInputException(
                $"{place}: expected {product} bytes of values for the IDX shape {shape}, found {values}");
        return Array.ConvertAll(sizes, size => (int)size);
    }
}
