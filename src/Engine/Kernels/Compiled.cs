using System.Runtime.CompilerServices;

namespace DreamViz.Engine.Kernels;

/// <summary>How the loops of kernels are compiled.</summary>
internal static class Compiled
{
    /// <summary>At once with all optimizations, and never as a part of their callers: there, guided by a profile, they lose their
    /// registers to what is around them and take up to twice the time.</summary>
    public const MethodImplOptions Alone = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
