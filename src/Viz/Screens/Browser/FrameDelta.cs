using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>
/// A frame as what is new in it and what is copied from the frame before. The format is a chain of pairs: a count of new
/// bytes, those bytes, then, until the frame is complete, an offset into the frame before and a count of bytes to copy from
/// there. Counts are variable-length integers of 7 bits a byte, low bits first; offsets are zigzag-coded relative to the end
/// of the last copy.
/// </summary>
/// <remarks>Copies are found by looking up 8 bytes in a table of every fourth position of the frame before, so a repeat of 12
/// bytes or more is always found unless the table's slot was taken. Allocates nothing once its buffers have grown.</remarks>
internal sealed class FrameDelta
{
    private const int TableBits = 15;
    private const int Probe = sizeof(ulong);
    private readonly int[] table = new int[1 << TableBits];

    /// <summary>Appends the difference to <paramref name="output"/>.</summary>
    /// <param name="before">The frame that the other side has; empty for none.</param>
    /// <param name="now">The frame to send.</param>
    /// <param name="output">Receives the bytes.</param>
    public void Encode(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now, ByteWriter output)
    {
        Index(before);
        int written = 0, expected = 0;
        for (int at = 0; at < now.Length;)
        {
            if (!TryFind(before, now, at, expected, out int source, out int length))
            {
                at++;
                continue;
            }

            while (at > written && source > 0 && before[source - 1] == now[at - 1]) (at, source, length) = (at - 1, source - 1, length + 1);
            output.WriteVariable((uint)(at - written));
            output.Write(now[written..at]);
            output.WriteVariable(ZigZag(source - expected));
            output.WriteVariable((uint)length);
            written = at += length;
            expected = source + length;
        }

        if (written == now.Length) return;
        output.WriteVariable((uint)(now.Length - written));
        output.Write(now[written..]);
    }

    private static uint ZigZag(int value) => (uint)(value << 1 ^ value >> 31);

    private static int Slot(ulong bytes) => (int)(bytes * 0x9E3779B97F4A7C15 >> 64 - TableBits);

    private void Index(ReadOnlySpan<byte> before)
    {
        Array.Clear(table);
        for (int i = 0; i + Probe <= before.Length; i += 4) table[Slot(Read(before, i))] = i + 1;
    }

    private bool TryFind(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now, int at, int expected, out int source, out int length)
    {
        (source, length) = (expected, 0);
        if (at + Probe > now.Length) return false;
        ulong wanted = Read(now, at);
        if (expected + Probe > before.Length || Read(before, expected) != wanted) source = table[Slot(wanted)] - 1;
        if (source < 0 || Read(before, source) != wanted) return false;
        length = before[source..].CommonPrefixLength(now[at..]);
        return true;
    }

    private static ulong Read(ReadOnlySpan<byte> bytes, int at) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), at));
}
