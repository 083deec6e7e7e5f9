using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>log Σᵢ e^xᵢ = m + log Σᵢ e^(xᵢ − m), m = maxᵢ xᵢ.</summary>
/// <remarks>Error below 4e-7 · max(1, |result|) against <see cref="Reference"/>. An empty sum gives −∞, as do terms that
/// are all −∞; a term ∞ gives ∞; a term NaN gives NaN. Allocates nothing.</remarks>
public static class LogSumExp
{
    /// <summary>log Σᵢ e^xᵢ, in nats.</summary>
    [MethodImpl(Compiled.Alone)]
    public static float Compute(ReadOnlySpan<float> x)
    {
        float maximum = float.NegativeInfinity;
        foreach (float value in x) maximum = MathF.Max(maximum, value);
        if (!float.IsFinite(maximum)) return maximum;
        Vector512<float> m = Vector512.Create(maximum);
        Vector512<float> sum = Vector512<float>.Zero;
        int i = 0;
        for (; i + 16 <= x.Length; i += 16) sum += VectorMath.Exp(Vector512.Create(x.Slice(i, 16)) - m);
        if (i < x.Length)
        {
            Span<float> rest = stackalloc float[16];
            rest.Fill(float.NegativeInfinity);
            x[i..].CopyTo(rest);
            sum += VectorMath.Exp(Vector512.Create<float>(rest) - m);
        }

        return maximum + VectorMath.Log(Vector512.Create(VectorMath.Sum(sum)))[0];
    }

    /// <summary>The definition, in double.</summary>
    public static double Reference(ReadOnlySpan<float> x)
    {
        double maximum = double.NegativeInfinity;
        foreach (float value in x) maximum = Math.Max(maximum, value);
        if (!double.IsFinite(maximum)) return maximum;
        double sum = 0;
        foreach (float value in x) sum += Math.Exp(value - maximum);
        return maximum + Math.Log(sum);
    }
}
