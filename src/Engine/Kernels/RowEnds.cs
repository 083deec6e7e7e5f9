using System.Runtime.CompilerServices;

namespace DreamViz.Engine.Kernels;

/// <summary>What becomes of sums at the end of a row.</summary>
internal unsafe interface IRowEnd
{
    static abstract void Put<TLines>(ref TLines sums, float* to, float scale) where TLines : struct, ILines<TLines>;
}

/// <summary>They are stored.</summary>
internal readonly unsafe struct Storing : IRowEnd
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<TLines>(ref TLines sums, float* to, float scale) where TLines : struct, ILines<TLines> =>
        sums.Store(to);
}

/// <summary>They are added, times the scale.</summary>
internal readonly unsafe struct Adding : IRowEnd
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<TLines>(ref TLines sums, float* to, float scale) where TLines : struct, ILines<TLines> =>
        sums.AddTo(to, scale);
}
