using System.Runtime.CompilerServices;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>A growing buffer of little-endian bytes, reused from message to message.</summary>
internal sealed class ByteWriter
{
    private byte[] buffer = new byte[4096];
    private int length;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Forgets everything written.</summary>
    public void Clear() => length = 0;

    /// <summary>Appends a value as it lies in memory.</summary>
    public void Write<T>(T value) where T : unmanaged
    {
        Reserve(Unsafe.SizeOf<T>());
        Unsafe.WriteUnaligned(ref buffer[length], value);
        length += Unsafe.SizeOf<T>();
    }

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>Appends a count, 7 bits a byte, low bits first, the high bit set on all but the last.</summary>
    public void WriteVariable(uint value)
    {
        for (; value >= 0x80; value >>= 7) Write((byte)(value | 0x80));
        Write((byte)value);
    }

    private void Reserve(int bytes)
    {
        if (length + bytes > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
    }
}
