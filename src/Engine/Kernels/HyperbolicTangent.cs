using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>tanh(a) = (1 − e^−2a) / (1 + e^−2a).</summary>
/// <remarks>Error below 1e-7 against <see cref="Reference"/>. tanh(±∞) = ±1. Allocates nothing.</remarks>
public static class HyperbolicTangent
{
    /// <summary>yᵢ = tanh(xᵢ), overwritten; in place where both are the same. Throws where y is shorter than x.</summary>
    public static void Compute(ReadOnlySpan<float> x, Span<float> y) => ElementWise.Compute<Function>(x, y);

    /// <summary>errorsᵢ ← errorsᵢ · (1 − yᵢ²): from the error of the outputs y to that of the inputs. In place.
    /// Throws where the lengths differ.</summary>
    [MethodImpl(Compiled.Alone)]
    public static void Backward(ReadOnlySpan<float> y, Span<float> errors)
    {
        KernelChecks.Same(errors.Length, y.Length, nameof(errors));
        int i = 0;
        for (; i + 16 <= y.Length; i += 16)
        {
            Vector512<float> v = Vector512.Create(y.Slice(i, 16)), error = Vector512.Create<float>(errors.Slice(i, 16));
            (error * (Vector512<float>.One - v * v)).CopyTo(errors.Slice(i, 16));
        }

        for (; i < y.Length; i++) errors[i] *= 1 - y[i] * y[i];
    }

    /// <summary>The definition, in double.</summary>
    public static double Reference(double a) => Math.Tanh(a);

    private readonly struct Function : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Compute<T>(T x) where T : struct, IVectors<T>
        {
            T e = VectorMath.ExpOfMinusAbsolute(x + x);
            Vector512<float> one = Vector512<float>.One, sign = Vector512.Create(-0f);
            return ((e ^ sign) + one) / (e + one) ^ (x & sign);
        }
    }
}
