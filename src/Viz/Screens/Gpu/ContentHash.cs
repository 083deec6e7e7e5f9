using System.Runtime.InteropServices;

namespace DreamViz.Viz.Screens.Gpu;

/// <summary>A 64-bit hash of a small picture's bytes, for telling whether a screen already has it.</summary>
/// <remarks>FNV-1a over 64-bit words with a final avalanche; not for adversaries. Source: Fowler, Noll, Vo.</remarks>
internal static class ContentHash
{
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 0xCBF29CE484222325 ^ (ulong)bytes.Length;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bytes)) hash = (hash ^ word) * 0x100000001B3 ^ hash >> 29;
        foreach (byte rest in bytes[(bytes.Length & ~7)..]) hash = (hash ^ rest) * 0x100000001B3;
        hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93;
        return hash ^ hash >> 32;
    }
}
