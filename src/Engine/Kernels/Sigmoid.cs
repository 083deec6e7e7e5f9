using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>σ(a) = 1 / (1 + e⁻ᵃ).</summary>
/// <remarks>Error below 1e-7 against <see cref="Reference"/>, and below 4e-7 · σ(a) for a ≥ −87. σ(−∞) = 0, σ(∞) = 1.
/// Allocates nothing.</remarks>
public static class Sigmoid
{
    /// <summary>yᵢ = σ(xᵢ), overwritten; in place where both are the same. Throws where y is shorter than x.</summary>
    public static void Compute(ReadOnlySpan<float> x, Span<float> y) => ElementWise.Compute<Function>(x, y);

    /// <summary>The definition, in double.</summary>
    public static double Reference(double a) => 1 / (1 + Math.Exp(-a));

    /// <summary>σ of sixteen logits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Compute(Vector512<float> a) => Compute(new OneVector { Value = a }).Value;

    /// <summary>The same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Compute<T>(T a) where T : struct, IVectors<T>
    {
        T e = VectorMath.ExpOfMinusAbsolute(a);
        return Numerator(a, e) / (e + Vector512<float>.One);
    }

    /// <summary>σ(a)·(1 + e) where e = e^−|a| is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Numerator<T>(T a, T e) where T : struct, IVectors<T> => T.WhereNegative(a, e, T.Create(Vector512<float>.One));

    /// <summary>σ.</summary>
    internal readonly struct Function : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Compute<T>(T x) where T : struct, IVectors<T> => Sigmoid.Compute(x);
    }
}
