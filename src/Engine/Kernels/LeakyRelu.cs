using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>leaky(a) = a where a &gt; 0, else 0.01 · a.</summary>
/// <remarks>Exact but for the rounding of the product. Allocates nothing.</remarks>
public static class LeakyRelu
{
    /// <summary>The slope below zero.</summary>
    public const float Slope = 0.01f;

    /// <summary>yᵢ = leaky(xᵢ), overwritten; in place where both are the same. Throws where y is shorter than x.</summary>
    public static void Compute(ReadOnlySpan<float> x, Span<float> y) => ElementWise.Compute<Function>(x, y);

    /// <summary>errorsᵢ ← errorsᵢ · (1 where yᵢ &gt; 0, else 0.01): from the error of the outputs y to that of the inputs.
    /// In place. Throws where the lengths differ.</summary>
    public static void Backward(ReadOnlySpan<float> y, Span<float> errors)
    {
        KernelChecks.Same(errors.Length, y.Length, nameof(errors));
        for (int i = 0; i < y.Length; i++) errors[i] *= y[i] > 0 ? 1 : Slope;
    }

    /// <summary>The definition, in double.</summary>
    public static double Reference(double a) => a > 0 ? a : 0.01 * a;

    private readonly struct Function : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Compute<T>(T x) where T : struct, IVectors<T> =>
            T.WhereNegative(x, x * Vector512.Create(Slope), x);
    }
}
