using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>Σᵢ xᵢ·yᵢ, every product and sum in double.</summary>
/// <remarks>Sixteen sums side by side, always added in the same order. Allocates nothing.</remarks>
public static class DotProduct
{
    /// <summary>The sum over x and y [D]. Throws where the lengths differ.</summary>
    [MethodImpl(Compiled.Alone)]
    public static double Compute(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        KernelChecks.Same(y.Length, x.Length, nameof(y));
        (Vector512<double> lower, Vector512<double> upper) = (Vector512<double>.Zero, Vector512<double>.Zero);
        int i = 0;
        for (; i + 16 <= x.Length; i += 16)
        {
            (Vector512<double> xLow, Vector512<double> xHigh) = Vector512.Widen(Vector512.Create(x.Slice(i, 16)));
            (Vector512<double> yLow, Vector512<double> yHigh) = Vector512.Widen(Vector512.Create(y.Slice(i, 16)));
            lower += xLow * yLow;
            upper += xHigh * yHigh;
        }

        double sum = VectorMath.Sum(lower + upper);
        for (; i < x.Length; i++) sum += (double)x[i] * y[i];
        return sum;
    }

    /// <summary>The definition.</summary>
    public static double Reference(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += (double)x[i] * y[i];
        return sum;
    }
}
