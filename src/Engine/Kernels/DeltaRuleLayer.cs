using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>One layer of a <see cref="DeltaRule"/>, any range of its columns from logits to the gradient.</summary>
/// <remarks>A range reads and writes nothing of the other columns, so ranges wait for nobody. The rooms are kept from one use to the
/// next: steady use allocates nothing.</remarks>
internal sealed unsafe class DeltaRuleLayer
{
    // Logits, errors and weights of so many columns stay in a second-level cache until they have met again.
    private const int BytesAtATime = 900_000;

    // Rows of the room for numbers that belong to columns.
    private const int Bias = 0, Zeros = 1, Sigmoids = 2;

    private readonly Matrix columns = new(0, 0);
    private readonly Matrix weights = new(0, 0);
    private readonly BitMatrix transposed = new(0, 0);
    private int[] order = [];
    private int terms;
    private BinaryProduct forward;
    private BinaryProduct backward;
    private ErrorColumns errors;
    private int rows, units;
    private Matrix biasGradient = new(0, 0);

    /// <summary>64-byte lines to a row of the children.</summary>
    public int Lines => (units + Matrix.Alignment - 1) / Matrix.Alignment;

    /// <summary>Additions of floats, if all bits were on.</summary>
    public long Cost => 2L * rows * Lines * Matrix.Alignment * Math.Max(1, terms);

    /// <summary>Lines that products sum at a time: a range of fewer takes longer a line.</summary>
    public int LinesAtATime => terms == 0 ? 1 : Math.Max(forward.LinesAtATime, backward.LinesAtATime);

    /// <summary>The first line of a share: of a panel of the weights, where there are as many.</summary>
    public int FirstLine(int share, int shares) =>
        terms > 0 && forward.ValuePanels is { } panels && panels.Count == shares ? panels.FirstLine(share) : Lines * share / shares;

    /// <summary>Takes what the ranges need; nothing of it may change until they are done.</summary>
    /// <param name="task">The layer.</param>
    /// <param name="rowWeights">[B] w.</param>
    public void Prepare(DeltaRuleTask task, ReadOnlySpan<float> rowWeights)
    {
        BitMatrix y = task.Children;
        KernelChecks.Same(rowWeights.Length, y.Rows, nameof(rowWeights));
        terms = task.Weights is null ? 0 : task.Parents.Columns;
        (rows, units, biasGradient) = (y.Rows, y.Columns, task.BiasGradient);
        task.Logits?.Reshape(rows, units);
        PrepareRows(task.Bias, rowWeights);
        PrepareErrors(task, rowWeights);
        if (task is { Weights: { } w, Logits: { } logits, Target: { } target }) PrepareProducts(task, w, logits, target);
    }

    /// <summary>Does the lines start … end − 1 of every row: a = b + x·W, e = w·(y − σ(a)), the sums of e, and xᵀ·e.</summary>
    public void Run(int start, int end)
    {
        long bytesToALine = (2L * rows + terms) * Matrix.Alignment * sizeof(float);
        int pieces = (int)Math.Min(end - start, (end - start) * bytesToALine / BytesAtATime + 1);
        for (int piece = 0; piece < pieces; piece++)
            RunPiece(start + (end - start) * piece / pieces, start + (end - start) * (piece + 1) / pieces);
    }

    private static float* Pointer(Matrix matrix, int row = 0) =>
        (float*)Unsafe.AsPointer(ref matrix.Origin) + (nint)row * matrix.Stride;

    private static ulong* Pointer(BitMatrix matrix) => (ulong*)Unsafe.AsPointer(ref matrix.Origin);

    private void PrepareRows(ReadOnlySpan<float> bias, ReadOnlySpan<float> rowWeights)
    {
        if (columns.Columns != units)
        {
            columns.Reshape(3, units);
            columns.Clear();
        }

        // A bias of −0 becomes +0, as in PaddedRow.Bias.
        TensorPrimitives.Add(bias, 0, columns.Row(Bias));
        if (terms == 0) Sigmoid.Compute(columns.Row(Bias), columns.Row(Sigmoids));
        weights.Reshape(1, rowWeights.Length);
        rowWeights.CopyTo(weights.Row(0));
    }

    private void PrepareProducts(DeltaRuleTask task, Matrix w, Matrix logits, Matrix target)
    {
        BitMatrix x = task.Parents;
        KernelChecks.Same(x.Rows, rows, nameof(task));
        KernelChecks.Same(w.Rows, terms, nameof(task));
        KernelChecks.Same(w.Columns, units, nameof(task));
        BitTranspose.Compute(x, transposed);
        if (order.Length < rows + terms) order = GC.AllocateArray<int>(rows + terms, pinned: true);
        int* room = (int*)Unsafe.AsPointer(ref order[0]);
        forward = new BinaryProduct(Pointer(x), rows, w, Pointer(columns, Bias), null, logits, room)
        {
            ValuePanels = task.Panels,
            ResultPanels = task.LogitPanels,
        };
        // Each range has errors of its own, of the shape of the logits.
        backward = new BinaryProduct(Pointer(transposed), terms, logits, Pointer(columns, Zeros), task.Scale, target, room + rows)
        {
            ResultPanels = target == w ? task.Panels : null,
        };
    }

    private void PrepareErrors(DeltaRuleTask task, ReadOnlySpan<float> rowWeights) => errors = new ErrorColumns
    {
        Bits = Pointer(task.Children),
        Words = task.Children.WordsPerRow,
        Logits = task.Logits is { } logits ? Pointer(logits) : Pointer(columns, Sigmoids),
        LogitStride = task.Logits?.Stride ?? 0,
        Weights = Pointer(weights),
        Rounder = BernoulliError.Rounder(BernoulliError.Quantum(rowWeights)),
        Columns = units,
    };

    // Errors and their sums stay with the thread: where two write the same rows, the processor of one fetches what the other is writing.
    private void RunPiece(int start, int end)
    {
        int first = start * Matrix.Alignment, last = Math.Min(end * Matrix.Alignment, units);
        int width = (end - start) * Matrix.Alignment;
        // Another thread has prepared what comes after the forward product. While that runs, it comes.
        if (end - start < Lines)
        {
            errors.FetchBits(rows, first, last);
            if (terms > 0) backward.FetchBits();
        }

        if (terms > 0) forward.Run(start, end);
        // One row more for the sums, and room behind them as in ColumnPanels.
        float[] rented = ArrayPool<float>.Shared.Rent((rows + 1 + ColumnPanels.RowsBehind) * width + Matrix.Alignment);
        fixed (float* room = rented)
        {
            float* own = (float*)(((nuint)room + 63) & ~(nuint)63), sums = own + (nint)rows * width;
            ComputeErrors(start, end, errors with { Errors = own - first, ErrorStride = width }, sums - first);
            Span<float> bias = biasGradient.Row(0)[first..last];
            TensorPrimitives.Add(bias, new ReadOnlySpan<float>(sums, last - first), bias);
            if (terms > 0) backward.With(own, start, width).Run(start, end);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private void ComputeErrors(int start, int end, ErrorColumns ofPiece, float* sums)
    {
        if (forward.ResultPanels is not { } panels || terms == 0)
        {
            ofPiece.Compute(0, rows, start * Matrix.Alignment, Math.Min(end * Matrix.Alignment, units), sums);
            return;
        }

        for (int panel = 0; panel < panels.Count; panel++)
        {
            int first = Math.Max(start, panels.FirstLine(panel)), last = Math.Min(end, panels.FirstLine(panel + 1));
            if (first >= last) continue;
            ErrorColumns inPanel = ofPiece with { Logits = panels.Origin(panel), LogitStride = panels.Stride(panel) };
            inPanel.Compute(0, rows, first * Matrix.Alignment, Math.Min(last * Matrix.Alignment, units), sums);
        }
    }
}
