using System.Runtime.Intrinsics.X86;

namespace DreamViz.Engine.Kernels;

/// <summary>Asks for lines of memory before they are needed, all at once: each that another processor has written takes a fraction of a
/// microsecond to come, and loops that read them one after the other would wait for most of them.</summary>
internal static unsafe class Fetching
{
    private const int LineBytes = 64;

    /// <summary>All lines of so many bytes.</summary>
    public static void Fetch(void* from, nint bytes)
    {
        if (!Sse.IsSupported) return;
        byte* end = (byte*)from + bytes;
        for (byte* line = (byte*)((nuint)from & ~(nuint)(LineBytes - 1)); line < end; line += LineBytes) Sse.Prefetch0(line);
    }

    /// <summary>The first and the last line of so many bytes of every row: all of them, where rows are short.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="stride">Bytes from one to the next.</param>
    /// <param name="bytes">At least 1.</param>
    public static void FetchRows(void* from, int rows, nint stride, nint bytes)
    {
        if (!Sse.IsSupported) return;
        byte* row = (byte*)from;
        for (int i = 0; i < rows; i++, row += stride)
        {
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + bytes - 1);
        }
    }
}
