using System.Buffers;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>gradient += xᵀ·errors with binary x: the gradient of the weights from K binary parents to D children.</summary>
/// <remarks>Rounding only. Every element's sum has one order, whatever the threads. The padding of the gradient stays zero.
/// Allocates nothing in steady use.</remarks>
public static unsafe class BinaryOuterProduct
{
    // Fewer do not repay the tables that every thread makes of all errors.
    private const int FewestRowsAThread = 64;

    /// <summary>gradient [K, D] += scale · Σ_b x [B, K]ᵀ · errors [B, D], each sum added once. Throws where shapes differ.
    /// </summary>
    public static void Accumulate(BitMatrix x, Matrix errors, Matrix gradient, WorkerTeam team, float scale = 1) =>
        Run(x, errors, gradient, null, scale, team);

    /// <summary>The same where the gradient may lie in panels; its matrix only tells its shape then.</summary>
    internal static void Accumulate(BitMatrix x, Matrix errors, Matrix gradient, ColumnPanels? panels, WorkerTeam team, float scale) =>
        Run(x, errors, gradient, panels, scale, team);

    /// <summary>gradient [K, D], overwritten, = Σ_b x [B, K]ᵀ · errors [B, D]. Throws where shapes differ.</summary>
    public static void Compute(BitMatrix x, Matrix errors, Matrix gradient, WorkerTeam team) =>
        Run(x, errors, gradient, null, null, team);

    /// <summary>The definition, in double, one weight at a time: what is added to weight (k, d).</summary>
    public static double Reference(BitMatrix x, Matrix errors, int k, int d)
    {
        double sum = 0;
        for (int b = 0; b < x.Rows; b++) sum += x[b, k] ? errors[b, d] : 0;
        return sum;
    }

    private static void Run(BitMatrix x, Matrix errors, Matrix gradient, ColumnPanels? panels, float? scale, WorkerTeam team)
    {
        KernelChecks.Same(errors.Rows, x.Rows, nameof(errors));
        KernelChecks.Same(gradient.Rows, x.Columns, nameof(gradient));
        KernelChecks.Same(gradient.Columns, errors.Columns, nameof(gradient));
        if (gradient.Rows == 0 || gradient.Columns == 0) return;
        int words = (x.Rows + 63) / 64;
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(gradient.Rows * words + 1);
        fixed (ulong* bits = &x.Origin, transposed = rented)
        {
            BitTranspose.Compute(bits, x.Rows, x.Columns, x.WordsPerRow, transposed, words);
            if (panels is null && gradient.Rows >= FewestRowsAThread * team.Threads) BinaryProduct.RunByRows(transposed, gradient.Rows, errors, scale, gradient, team);
            else BinaryProduct.Run(transposed, gradient.Rows, errors, scale, gradient, panels, team);
        }

        ArrayPool<ulong>.Shared.Return(rented);
    }
}
