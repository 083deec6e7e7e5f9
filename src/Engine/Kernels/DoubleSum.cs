using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>Σᵢ xᵢ, every sum in double.</summary>
/// <remarks>Sixteen sums side by side, always added in the same order. Allocates nothing.</remarks>
public static class DoubleSum
{
    /// <summary>The sum over x [D].</summary>
    [MethodImpl(Compiled.Alone)]
    public static double Compute(ReadOnlySpan<float> x)
    {
        (Vector512<double> lower, Vector512<double> upper) = (Vector512<double>.Zero, Vector512<double>.Zero);
        int i = 0;
        for (; i + 16 <= x.Length; i += 16)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Create(x.Slice(i, 16)));
            lower += low;
            upper += high;
        }

        double sum = VectorMath.Sum(lower + upper);
        for (; i < x.Length; i++) sum += x[i];
        return sum;
    }

    /// <summary>The definition.</summary>
    public static double Reference(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x) sum += value;
        return sum;
    }
}
