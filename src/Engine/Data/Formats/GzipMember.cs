using System.Buffers.Binary;
using System.IO.Compression;

namespace DreamViz.Engine.Data.Formats;

/// <summary>A gzip file of exactly one member, read with every check that the format allows.</summary>
/// <remarks>The runtime's own gzip stream accepts files that are cut, damaged or have a tail; this one does not. Source: RFC 1952.
/// Memory grows with what was decompressed, never with what the file promises.</remarks>
internal sealed class GzipMember
{
    private const int TrailerLength = 8;

    // Deflate spends at least one bit on every 129 bytes.
    private const long MaximumRatio = 1032;

    private readonly byte[] file;
    private readonly string place;
    private readonly int bodyStart;
    private readonly uint declaredCrc;

    /// <param name="file">The whole file; kept, not copied.</param>
    /// <param name="place">The file's name, for messages.</param>
    /// <exception cref="InvalidInputException">Header or trailer is not gzip's, or promises more than the file can hold.</exception>
    public GzipMember(byte[] file, string place)
    {
        (this.file, this.place) = (file, place);
        bodyStart = SkipHeader();
        int trailer = file.Length - TrailerLength;
        if (trailer <= bodyStart) throw Refuse("is cut off: expected compressed data and an 8-byte trailer");
        declaredCrc = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(trailer));
        DeclaredLength = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(trailer + 4));
        if (DeclaredLength > MaximumRatio * (trailer - bodyStart) || DeclaredLength > Array.MaxLength)
            throw Refuse($"promises {DeclaredLength} bytes, more than {trailer - bodyStart} compressed bytes can hold");
    }

    /// <summary>Whether these bytes begin like a gzip file.</summary>
    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith<byte>([0x1f, 0x8b]);

    /// <summary>Bytes of the decompressed data, as the trailer promises.</summary>
    public long DeclaredLength { get; }

    /// <summary>The first bytes of the data, as many as there are of the <paramref name="count"/> asked for.</summary>
    /// <exception cref="InvalidInputException">The compressed data is damaged.</exception>
    public byte[] ReadPrefix(int count)
    {
        using DeflateStream inflate = new(Body(), CompressionMode.Decompress);
        byte[] prefix = new byte[count];
        return prefix[..ReadSome(inflate, prefix)];
    }

    /// <summary>The whole data.</summary>
    /// <exception cref="InvalidInputException">The file is cut, damaged or has a tail.</exception>
    public byte[] ReadAll()
    {
        ExactStream body = Body();
        using DeflateStream inflate = new(body, CompressionMode.Decompress);
        byte[] data = Inflate(inflate);
        if (ReadSome(inflate, new byte[1]) != 0) throw Refuse($"holds more than the {DeclaredLength} bytes its trailer promises");
        if (body.AskedPastEnd) throw Refuse("is cut off: the compressed data does not end before the trailer");
        if (body.Left > 0) throw Refuse("has bytes after the end of the compressed data: expected only the trailer");
        uint crc = Crc32.Compute(data);
        if (crc != declaredCrc)
            throw Refuse($"is damaged: expected the checksum {declaredCrc:x8} of its trailer, found {crc:x8}");
        return data;
    }

    private byte[] Inflate(DeflateStream inflate)
    {
        byte[] data = new byte[Math.Min(DeclaredLength, 1 << 16)];
        int filled = 0;
        while (true)
        {
            filled += ReadSome(inflate, data.AsSpan(filled));
            if (filled < data.Length)
                throw Refuse($"is cut off: expected {DeclaredLength} bytes of data, found {filled}");
            if (filled == DeclaredLength) return data;
            Array.Resize(ref data, (int)Math.Min(DeclaredLength, 2L * data.Length));
        }
    }

    private int ReadSome(DeflateStream inflate, Span<byte> destination)
    {
        try
        {
            return inflate.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidInputException($"{place} is damaged: its compressed data cannot be decoded", error);
        }
    }

    private ExactStream Body() => new(file.AsMemory(bodyStart, file.Length - TrailerLength - bodyStart));

    private int SkipHeader()
    {
        const int FixedLength = 10;
        const byte Deflate = 8;
        if (file.Length < FixedLength + TrailerLength) throw Refuse("is cut off: expected at least 18 bytes of gzip");
        if (!Begins(file)) throw Refuse($"expected the gzip mark 1f8b, found {file[0]:x2}{file[1]:x2}");
        if (file[2] != Deflate) throw Refuse($"expected gzip compression method 8, found {file[2]}");
        byte flags = file[3];
        if ((flags & 0xe0) != 0) throw Refuse($"expected no reserved gzip flags, found 0x{flags:x2}");
        int at = FixedLength;
        if ((flags & 4) != 0) at = SkipExtra(at);
        if ((flags & 8) != 0) at = SkipText(at);
        if ((flags & 16) != 0) at = SkipText(at);
        if ((flags & 2) != 0) at = CheckHeader(at);
        return at;
    }

    private int SkipExtra(int at)
    {
        Need(at + 2);
        int end = at + 2 + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
        Need(end);
        return end;
    }

    private int SkipText(int at)
    {
        int length = file.AsSpan(at).IndexOf((byte)0);
        if (length < 0) throw Refuse("is cut off in the gzip header");
        return at + length + 1;
    }

    private int CheckHeader(int at)
    {
        Need(at + 2);
        ushort declared = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
        if (declared != (ushort)Crc32.Compute(file.AsSpan(0, at))) throw Refuse("is damaged: the gzip header's checksum differs");
        return at + 2;
    }

    private void Need(int length)
    {
        if (length > file.Length) throw Refuse("is cut off in the gzip header");
    }

    private InvalidInputException Refuse(string what) => new($"{place} {what}");

    /// <summary>Hands out the compressed bytes so that what was used is known to the byte: the last ones come one at a time,
    /// because the decoder asks for more only while it is not at its end.</summary>
    private sealed class ExactStream(ReadOnlyMemory<byte> bytes) : Stream
    {
        private const int OneByOne = 64;
        private int position;

        public bool AskedPastEnd { get; private set; }

        public int Left => bytes.Length - position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty) return 0;
            if (Left == 0)
            {
                AskedPastEnd = true;
                return 0;
            }

            int count = Math.Min(buffer.Length, Math.Max(1, Left - OneByOne));
            bytes.Span.Slice(position, count).CopyTo(buffer);
            position += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
