using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>How a kernel gets a function of its units' logits. Where all rows have the same logits, those of a prior, it is computed
/// once and then read, with the same bits.</summary>
internal unsafe interface IReading
{
    /// <summary>The function of sixteen logits.</summary>
    static abstract Vector512<float> Read<TFunction>(float* at) where TFunction : IUnaryFunction;
}

/// <summary>Logits are read.</summary>
internal readonly unsafe struct OfLogits : IReading
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Read<TFunction>(float* at) where TFunction : IUnaryFunction =>
        TFunction.Compute(Vector512.Load(at));
}

/// <summary>What is read are values of the function.</summary>
internal readonly unsafe struct Ready : IReading
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Read<TFunction>(float* at) where TFunction : IUnaryFunction => Vector512.Load(at);
}
