using System.Numerics.Tensors;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Soft bits one after the other, each given those before it in its row: aᵢ ← aᵢ + Σ_{j&lt;i} ζⱼ·S_ji, ζᵢ = σ((aᵢ + nᵢ)/τ); and
/// the gradient back through that order.</summary>
/// <remarks>Every unit waits for the one before it, rows do not: a row depends on its own operands alone, never on the threads. ζ is taken in
/// double; logits are summed in the order of j. Error below 1e-6 · max(1, D/τ) against <see cref="Reference"/>, |S| ≤ 1. Allocates nothing
/// within the capacity of the results.</remarks>
public static class OrderedSoftBits
{
    private const int SmallestRange = 4096;

    /// <summary>Values, slopes and complete logits. Throws where shapes differ.</summary>
    /// <param name="logits">[B, D] a, to which the values before are added.</param>
    /// <param name="siblings">[D, D] S, zero where i ≤ j.</param>
    /// <param name="noise">[B, D] n; null for zeros.</param>
    /// <param name="temperature">τ.</param>
    /// <param name="values">[B, D], reshaped and overwritten with ζ.</param>
    /// <param name="slopes">[B, D], reshaped and overwritten with ∂ζ/∂a, a the complete logits.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(
        Matrix logits, Matrix siblings, Matrix? noise, double temperature, Matrix values, Matrix slopes, WorkerTeam team)
    {
        CheckSiblings(siblings, logits);
        if (noise is not null) KernelChecks.Same(noise.Rows, logits.Rows, nameof(noise));
        if (noise is not null) KernelChecks.Same(noise.Columns, logits.Columns, nameof(noise));
        values.Reshape(logits.Rows, logits.Columns);
        slopes.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        team.Run(new Forward(logits, siblings, noise, temperature, values, slopes), logits.Rows, Rows(logits.Columns));
    }

    /// <summary>From the last unit to the first, dᵢ ← dᵢ + Σ_{k&gt;i} S_ik e_k, eᵢ = dᵢ ∂ζᵢ/∂aᵢ − rᵢ: where d is ∂f/∂ζ with siblings held and
    /// −r what a changes of f with ζ held, d becomes df/dζ with those behind moving along, and e is df/da. Throws where shapes differ.
    /// </summary>
    /// <param name="siblings">[D, D] S.</param>
    /// <param name="slopes">[B, D] ∂ζ/∂a.</param>
    /// <param name="residuals">[B, D] r.</param>
    /// <param name="gradient">[B, D] d, overwritten.</param>
    /// <param name="logitGradient">[B, D] e, reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    public static void Differentiate(
        Matrix siblings, Matrix slopes, Matrix residuals, Matrix gradient, Matrix logitGradient, WorkerTeam team)
    {
        CheckSiblings(siblings, gradient);
        KernelChecks.Same(slopes.Rows, gradient.Rows, nameof(slopes));
        KernelChecks.Same(residuals.Rows, gradient.Rows, nameof(residuals));
        logitGradient.Reshape(gradient.Rows, gradient.Columns);
        if (gradient.Rows == 0 || gradient.Columns == 0) return;
        team.Run(new Backward(siblings, slopes, residuals, gradient, logitGradient), gradient.Rows, Rows(gradient.Columns));
    }

    /// <summary>The definition of one row, in double: complete logits and values. logits and noise [D].</summary>
    public static (double[] Logits, double[] Values) Reference(
        ReadOnlySpan<float> logits, Matrix siblings, ReadOnlySpan<float> noise, double temperature)
    {
        (double[] a, double[] values) = (new double[logits.Length], new double[logits.Length]);
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = logits[i];
            for (int j = 0; j < i; j++) a[i] += values[j] * siblings[j, i];
            values[i] = SoftBits.Reference(a[i] + (noise.IsEmpty ? 0 : noise[i]), temperature).Value;
        }

        return (a, values);
    }

    private static int Rows(int columns) => Math.Max(1, SmallestRange / (columns * columns));

    private static void CheckSiblings(Matrix siblings, Matrix units)
    {
        KernelChecks.Same(siblings.Rows, units.Columns, nameof(siblings));
        KernelChecks.Same(siblings.Columns, units.Columns, nameof(siblings));
    }

    private readonly struct Forward(
        Matrix logits, Matrix siblings, Matrix? noise, double temperature, Matrix values, Matrix slopes) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                Span<float> a = logits.Row(r), value = values.Row(r), slope = slopes.Row(r);
                ReadOnlySpan<float> added = noise is null ? [] : noise.Row(r);
                for (int i = 0; i < a.Length; i++)
                {
                    (double soft, double change) = SoftBits.Reference(a[i] + (added.IsEmpty ? 0.0 : added[i]), temperature);
                    (value[i], slope[i]) = ((float)soft, (float)change);
                    Span<float> behind = a[(i + 1)..];
                    TensorPrimitives.MultiplyAdd(siblings.Row(i)[(i + 1)..], value[i], behind, behind);
                }
            }
        }
    }

    private readonly struct Backward(Matrix siblings, Matrix slopes, Matrix residuals, Matrix gradient, Matrix logitGradient) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                Span<float> d = gradient.Row(r), e = logitGradient.Row(r);
                ReadOnlySpan<float> slope = slopes.Row(r), residual = residuals.Row(r);
                for (int i = d.Length - 1; i >= 0; i--)
                {
                    d[i] += (float)DotProduct.Compute(siblings.Row(i)[(i + 1)..], e[(i + 1)..]);
                    e[i] = d[i] * slope[i] - residual[i];
                }
            }
        }
    }
}
