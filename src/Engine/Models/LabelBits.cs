namespace DreamViz.Engine.Models;

/// <summary>A categorical label as the first bits of a layer, exactly one of them on.</summary>
internal static class LabelBits
{
    /// <summary>The label of a row of bits, or −1 where not exactly one of its label bits is on.</summary>
    public static int Read(ReadOnlySpan<ulong> row, int classes)
    {
        ulong bits = row[0] & Mask(classes);
        return ulong.IsPow2(bits) ? (int)ulong.TrailingZeroCount(bits) : -1;
    }

    /// <summary>Overwrites the label bits of a row.</summary>
    public static void Write(Span<ulong> row, int classes, int label) => row[0] = row[0] & ~Mask(classes) | 1UL << label;

    private static ulong Mask(int classes) => ulong.MaxValue >> (64 - classes);
}
