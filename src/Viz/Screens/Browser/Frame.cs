namespace DreamViz.Viz.Screens.Browser;

/// <summary>One drawn frame and what is needed to send it. The buffer is reused: a frame is copied, never shared.</summary>
internal sealed class Frame
{
    private byte[] buffer = [];
    private int length;

    /// <summary>Counts the different frames of a run from 1; 0 before the first.</summary>
    public uint Number { get; private set; }

    /// <summary>In physical pixels.</summary>
    public int Width { get; private set; }

    /// <summary>In physical pixels.</summary>
    public int Height { get; private set; }

    /// <summary>How many glyphs had numbers when the frame had been drawn.</summary>
    public int Glyphs { get; private set; }

    /// <summary>The draw list.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Whether this is already that picture.</summary>
    public bool Shows(ReadOnlySpan<byte> bytes, int width, int height) =>
        Number > 0 && Width == width && Height == height && Bytes.SequenceEqual(bytes);

    /// <summary>Becomes the next frame.</summary>
    public void Advance(ReadOnlySpan<byte> bytes, int width, int height, int glyphs) =>
        Set(bytes, Number + 1, width, height, glyphs);

    /// <summary>Becomes a copy of another frame.</summary>
    public void CopyFrom(Frame other) => Set(other.Bytes, other.Number, other.Width, other.Height, other.Glyphs);

    private void Set(ReadOnlySpan<byte> bytes, uint number, int width, int height, int glyphs)
    {
        if (buffer.Length < bytes.Length) buffer = new byte[bytes.Length * 5 / 4];
        bytes.CopyTo(buffer);
        (length, Number, Width, Height, Glyphs) = (bytes.Length, number, width, height, glyphs);
    }
}
