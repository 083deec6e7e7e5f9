using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>A function of one number, sixteen lanes at a time.</summary>
internal interface IUnaryFunction
{
    static abstract Vector512<float> Compute(Vector512<float> x);
}

/// <summary>Applies a function to a span of any length: an element's result depends on that element alone.</summary>
internal static class ElementWise
{
    /// <summary>yᵢ = f(xᵢ). In place where both spans are the same. Throws where y is shorter than x.</summary>
    [MethodImpl(Compiled.Alone)]
    public static void Compute<TFunction>(ReadOnlySpan<float> x, Span<float> y) where TFunction : IUnaryFunction
    {
        KernelChecks.AtLeast(y.Length, x.Length, nameof(y));
        int i = 0;
        for (; i + 16 <= x.Length; i += 16)
            TFunction.Compute(Vector512.Create(x.Slice(i, 16))).CopyTo(y.Slice(i, 16));
        if (i == x.Length) return;
        Span<float> rest = stackalloc float[16];
        rest.Clear();
        x[i..].CopyTo(rest);
        TFunction.Compute(Vector512.Create<float>(rest)).CopyTo(rest);
        rest[..(x.Length - i)].CopyTo(y[i..]);
    }
}
