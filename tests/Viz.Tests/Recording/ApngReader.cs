using System.Buffers.Binary;
using DreamViz.Viz.Recording;
using DreamViz.Viz.Tests.Golden;

namespace DreamViz.Viz.Tests.Recording;

/// <summary>Puts the frames of an animated PNG together again.</summary>
internal static class ApngReader
{
    public static List<byte[]> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        file.Position = 8;
        var frames = new List<byte[]>();
        byte[] header = [], control = [], canvas = [];
        uint sequence = 0;
        int announced = 0;
        foreach ((string type, byte[] content) in PngReader.Chunks(file))
        {
            if (type == "IHDR") (header, canvas) = (content, new byte[Number(content, 0) * Number(content, 4) * 4]);
            if (type == "acTL") announced = Number(content, 0);
            if (type is "fcTL" or "fdAT") Assert.Equal(sequence++, (uint)Number(content, 0));
            if (type == "fcTL") control = content;
            if (type is not ("IDAT" or "fdAT")) continue;
            Paste(Decode(header, control, type == "IDAT" ? content : content[4..]), control, canvas, Number(header, 0));
            frames.Add([.. canvas]);
        }

        Assert.Equal(announced, frames.Count);
        return frames;
    }

    private static Picture Decode(byte[] header, byte[] control, byte[] data)
    {
        using var png = new MemoryStream();
        PngWriter.WriteSignature(png);
        PngWriter.WriteChunk(png, "IHDR"u8, [.. control[4..12], .. header[8..]]);
        PngWriter.WriteChunk(png, "IDAT"u8, data);
        PngWriter.WriteChunk(png, "IEND"u8, []);
        png.Position = 0;
        return PngReader.Read(png);
    }

    private static void Paste(Picture area, byte[] control, byte[] canvas, int width)
    {
        int left = Number(control, 12), top = Number(control, 16);
        for (int y = 0; y < area.Height; y++)
            area.Rgba.AsSpan(y * area.Width * 4, area.Width * 4).CopyTo(canvas.AsSpan(((top + y) * width + left) * 4));
    }

    private static int Number(byte[] content, int at) => BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(at));
}
