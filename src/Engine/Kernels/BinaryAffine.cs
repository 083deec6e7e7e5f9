using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>logits = x·W + b with binary x: the logits of D children given K binary parents.</summary>
/// <remarks>Rounding only. A row's logits depend on its own bits, the weights and the bias alone, to the last bit: not on the
/// batch, not on the threads. Allocates nothing within the capacity of the logits.</remarks>
public static unsafe class BinaryAffine
{
    /// <summary>
    /// logits [B, D], reshaped and overwritten, from x [B, K], weights [K, D] and bias [D]. The padding of the logits is zero; logits
    /// is not weights. Throws where shapes differ.
    /// </summary>
    public static void Compute(BitMatrix x, Matrix weights, ReadOnlySpan<float> bias, Matrix logits, WorkerTeam team) =>
        Compute(x, weights, null, bias, logits, team);

    /// <summary>The same where the weights may lie in panels; their matrix only tells their shape then.</summary>
    internal static void Compute(
        BitMatrix x, Matrix weights, ColumnPanels? panels, ReadOnlySpan<float> bias, Matrix logits, WorkerTeam team)
    {
        KernelChecks.Same(x.Columns, weights.Rows, nameof(x));
        KernelChecks.Same(bias.Length, weights.Columns, nameof(bias));
        logits.Reshape(x.Rows, weights.Columns);
        if (x.Rows == 0 || weights.Columns == 0) return;
        using PaddedRow padded = PaddedRow.Bias(bias);
        fixed (ulong* bits = &x.Origin)
        fixed (float* b = padded.Values) BinaryProduct.Compute(bits, x.Rows, weights, panels, b, logits, team);
    }

    /// <summary>logits [B, D] += x·W, x [B, K], weights [K, D], each sum added once. Throws where shapes differ.</summary>
    public static void Accumulate(BitMatrix x, Matrix weights, Matrix logits, WorkerTeam team)
    {
        KernelChecks.Same(x.Columns, weights.Rows, nameof(x));
        KernelChecks.Same(logits.Rows, x.Rows, nameof(logits));
        KernelChecks.Same(logits.Columns, weights.Columns, nameof(logits));
        if (x.Rows == 0 || weights.Columns == 0) return;
        fixed (ulong* bits = &x.Origin) BinaryProduct.Run(bits, x.Rows, weights, 1, logits, null, team);
    }

    /// <summary>The definition, in double, one unit at a time: the logit of child d.</summary>
    public static double Reference(BitMatrix x, int row, Matrix weights, ReadOnlySpan<float> bias, int d)
    {
        double logit = bias[d];
        for (int k = 0; k < x.Columns; k++) logit += x[row, k] ? weights[k, d] : 0;
        return logit;
    }
}
