using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Errors w·(b − σ) rounded so that every sum of theirs over a batch is exact in single precision: each is a multiple
/// of a step, and no sum of their sizes exceeds 2²⁴ steps.</summary>
internal static class ExactSums
{
    /// <summary>The kernel's quantum; without weights all are one.</summary>
    public static double Step(ReadOnlySpan<float> weights, int rows) =>
        BernoulliError.Quantum(weights.IsEmpty ? [.. Enumerable.Repeat(1f, rows)] : weights);

    /// <summary>[B, D] random errors in every size from −|w| to |w|, many of them saturated, on the steps of these weights.</summary>
    public static Matrix Errors(ReadOnlySpan<float> weights, int columns, ulong seed)
    {
        Matrix errors = Some.MatrixWithDirtyPadding(weights.Length, columns, seed);
        double step = Step(weights, weights.Length);
        for (int r = 0; r < weights.Length; r++)
        {
            // No error is beyond its weight, so none may be rounded beyond it.
            double most = Math.Floor(Math.Abs(weights[r]) / step);
            foreach (ref float error in errors.Row(r))
                error = (float)(Math.Clamp(Math.Round(error * weights[r] / step), -most, most) * step);
        }

        return errors;
    }
}
