using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>sum += scale · x, whole lines, rounded after each operation.</summary>
internal static class ScaledRows
{
    /// <summary>Both of one length, a multiple of <see cref="Matrix.Alignment"/>.</summary>
    [MethodImpl(Compiled.Alone)]
    public static void Add(ReadOnlySpan<float> x, float scale, Span<float> sum)
    {
        Vector512<float> factor = Vector512.Create(scale);
        for (int i = 0; i < x.Length; i += Matrix.Alignment)
        {
            Span<float> line = sum.Slice(i, Matrix.Alignment);
            (Vector512.Create<float>(line) + Vector512.Create(x.Slice(i, Matrix.Alignment)) * factor).CopyTo(line);
        }
    }
}
