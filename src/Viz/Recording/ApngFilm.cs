using System.Buffers.Binary;
using System.IO.Compression;

namespace DreamViz.Viz.Recording;

/// <summary>
/// A film as animated PNG, without loss: the first frame whole, then the rectangle that changed. Programs that know only PNG
/// show the first frame.
/// </summary>
/// <remarks>Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", animation chunks.</remarks>
internal sealed class ApngFilm : IFilmWriter
{
    private const long AnimationChunkAt = 8 + 25;

    private readonly FilmOptions options;
    private readonly string part;
    private readonly FileStream file;
    private readonly byte[] previous;
    private byte[] changed = [];
    private int frames;
    private uint sequence;

    public ApngFilm(FilmOptions options)
    {
        part = FilmPath.Part(options.Path, ".png");
        FilmPath.Check(options, part);
        this.options = options;
        previous = new byte[options.Width * options.Height * 4];
        try
        {
            file = File.Create(part);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{part}: cannot be written: {failure.Message}", failure);
        }

        PngWriter.WriteSignature(file);
        PngWriter.WriteHeader(file, options.Width, options.Height);
        WriteAnimationChunk();
    }

    public void Add(ReadOnlySpan<byte> rgba)
    {
        Rectangle area = frames == 0 ? new(0, 0, options.Width, options.Height) : Changed(rgba);
        byte[] data = PngWriter.Compress(Crop(rgba, area), area.Width, area.Height, CompressionLevel.Fastest);
        try
        {
            WriteFrameControl(area);
            WriteFrameData(data);
        }
        catch (IOException failure)
        {
            throw new RecordingException($"{part}: cannot be written: {failure.Message}", failure);
        }

        rgba.CopyTo(previous);
        frames++;
    }

    public void Finish() => FilmPath.Guard(options.Path, () =>
    {
        PngWriter.WriteChunk(file, "IEND"u8, []);
        file.Position = AnimationChunkAt;
        WriteAnimationChunk();
        file.Dispose();
        File.Move(part, options.Path, options.Overwrite);
    });

    public void Dispose() => file.Dispose();

    private void WriteAnimationChunk()
    {
        Span<byte> control = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(control, Math.Max(1, frames));
        BinaryPrimitives.WriteInt32BigEndian(control[4..], 0);
        PngWriter.WriteChunk(file, "acTL"u8, control);
    }

    private void WriteFrameControl(Rectangle area)
    {
        Span<byte> control = stackalloc byte[26];
        BinaryPrimitives.WriteUInt32BigEndian(control, sequence++);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], area.Width);
        BinaryPrimitives.WriteInt32BigEndian(control[8..], area.Height);
        BinaryPrimitives.WriteInt32BigEndian(control[12..], area.X);
        BinaryPrimitives.WriteInt32BigEndian(control[16..], area.Y);
        BinaryPrimitives.WriteUInt16BigEndian(control[20..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(control[22..], (ushort)options.FramesPerSecond);
        PngWriter.WriteChunk(file, "fcTL"u8, control);
    }

    private void WriteFrameData(byte[] data)
    {
        if (frames == 0)
        {
            PngWriter.WriteChunk(file, "IDAT"u8, data);
            return;
        }

        var numbered = new byte[4 + data.Length];
        BinaryPrimitives.WriteUInt32BigEndian(numbered, sequence++);
        data.CopyTo(numbered, 4);
        PngWriter.WriteChunk(file, "fdAT"u8, numbered);
    }

    // A frame like the one before still needs an area: one pixel of it.
    private Rectangle Changed(ReadOnlySpan<byte> rgba)
    {
        int stride = options.Width * 4, left = stride, right = 0, top = options.Height, bottom = 0;
        for (int y = 0; y < options.Height; y++)
        {
            ReadOnlySpan<byte> now = rgba.Slice(y * stride, stride), before = previous.AsSpan(y * stride, stride);
            int first = now.CommonPrefixLength(before);
            if (first == stride) continue;
            int last = stride;
            while (now[last - 1] == before[last - 1]) last--;
            (left, right) = (Math.Min(left, first), Math.Max(right, last));
            (top, bottom) = (Math.Min(top, y), y + 1);
        }

        return bottom == 0 ? new(0, 0, 1, 1) : new(left / 4, top, (right + 3) / 4 - left / 4, bottom - top);
    }

    private ReadOnlySpan<byte> Crop(ReadOnlySpan<byte> rgba, Rectangle area)
    {
        if (area.Width == options.Width) return rgba.Slice(area.Y * area.Width * 4, area.Height * area.Width * 4);
        int row = area.Width * 4;
        if (changed.Length < row * area.Height) changed = new byte[row * area.Height];
        for (int y = 0; y < area.Height; y++)
            rgba.Slice(((area.Y + y) * options.Width + area.X) * 4, row).CopyTo(changed.AsSpan(y * row));
        return changed.AsSpan(0, row * area.Height);
    }

    private readonly record struct Rectangle(int X, int Y, int Width, int Height);
}
