using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>softplus(a) = log(1 + eᵃ) = max(a, 0) + log(1 + e^−|a|), in nats.</summary>
/// <remarks>Error below 1e-7 · max(1, softplus(a)) against <see cref="Reference"/>. softplus(−∞) = 0, softplus(∞) = ∞.
/// Allocates nothing.</remarks>
public static class Softplus
{
    /// <summary>yᵢ = softplus(xᵢ), overwritten; in place where both are the same. Throws where y is shorter than x.</summary>
    public static void Compute(ReadOnlySpan<float> x, Span<float> y) => ElementWise.Compute<Function>(x, y);

    /// <summary>The definition, in double.</summary>
    public static double Reference(double a) => Math.Max(a, 0) + Math.Log(1 + Math.Exp(-Math.Abs(a)));

    /// <summary>softplus of some vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Compute<T>(T x) where T : struct, IVectors<T> => OfExponential(x, VectorMath.ExpOfMinusAbsolute(x));

    /// <summary>The same where e^−|x| is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T OfExponential<T>(T x, T e) where T : struct, IVectors<T> =>
        T.MaxNative(Vector512<float>.Zero, x) + VectorMath.LogOfOnePlus(e);

    private readonly struct Function : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Compute<T>(T x) where T : struct, IVectors<T> => Softplus.Compute(x);
    }
}
