using System.Runtime.InteropServices;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Copies that start a chosen number of bytes behind a 64-byte boundary.</summary>
internal static class Unaligned
{
    /// <summary>Every float of a line, and addresses that are no multiple of a float.</summary>
    public static IEnumerable<int> Offsets => [.. Enumerable.Range(0, 16).Select(i => 4 * i), 1, 2, 3, 31, 63];

    public static Span<float> Copy(ReadOnlySpan<float> values, int offset)
    {
        byte[] room = GC.AllocateArray<byte>((values.Length + 32) * sizeof(float) + 64, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(room, 0);
        int start = (int)((64 - address % 64) % 64) + offset;
        Span<float> copy = MemoryMarshal.Cast<byte, float>(room.AsSpan(start, values.Length * sizeof(float)));
        values.CopyTo(copy);
        return copy;
    }
}
