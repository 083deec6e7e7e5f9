using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>A function of one number, for all lanes of some vectors.</summary>
internal interface IUnaryFunction
{
    static abstract T Compute<T>(T x) where T : struct, IVectors<T>;
}

/// <summary>Applies a function to a span of any length: an element's result depends on that element alone.</summary>
internal static unsafe class ElementWise
{
    /// <summary>yᵢ = f(xᵢ). In place where both spans are the same. Throws where y is shorter than x.</summary>
    [MethodImpl(Compiled.Alone)]
    public static void Compute<TFunction>(ReadOnlySpan<float> x, Span<float> y) where TFunction : IUnaryFunction
    {
        KernelChecks.AtLeast(y.Length, x.Length, nameof(y));
        fixed (float* from = x, to = y)
        {
            int i = 0;
            for (; Vector512.IsHardwareAccelerated && i + FourVectors.Columns <= x.Length; i += FourVectors.Columns)
                Do<TFunction, FourVectors>(from + i, to + i);
            for (; i <= x.Length - Matrix.Alignment; i += Matrix.Alignment) Do<TFunction, OneVector>(from + i, to + i);
            if (i == x.Length) return;
            float* rest = stackalloc float[Matrix.Alignment];
            new Span<float>(rest, Matrix.Alignment).Clear();
            x[i..].CopyTo(new(rest, Matrix.Alignment));
            Do<TFunction, OneVector>(rest, rest);
            new Span<float>(rest, x.Length - i).CopyTo(y[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Do<TFunction, T>(float* from, float* to) where TFunction : IUnaryFunction where T : struct, IVectors<T> =>
        TFunction.Compute(T.Load(from, Matrix.Alignment)).Store(to, Matrix.Alignment);
}
