using System.Buffers;
using System.Runtime.InteropServices;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Samples of D children given K binary parents whose weights lie in panels: logits = x·W + b, bit = u &lt; σ(logit), every thread
/// from weights to bits of its own columns.</summary>
/// <remarks>The bits of <see cref="BinaryAffine"/> and <see cref="BernoulliSampling"/> one after the other. There, threads take columns
/// of the product and rows of the samples, and half of the logits has to come from another processor; here only bits have to. Each
/// thread makes all random numbers of a row, those of other columns in vain.</remarks>
internal static unsafe class SampledAffine
{
    // Between what two threads write.
    private const int BytesBetween = 4096;

    /// <summary>Whether so much repays a run of all threads, a panel each.</summary>
    public static bool Serves(int rows, Matrix weights, ColumnPanels panels, WorkerTeam team) =>
        panels.Count == team.Threads && BinaryProduct.RepaysShares(rows, weights, team.Threads);

    /// <summary>children [B, D], reshaped and overwritten. Throws where shapes differ.</summary>
    /// <param name="x">[B, K].</param>
    /// <param name="weights">[K, D], only its shape.</param>
    /// <param name="panels">Where W lies.</param>
    /// <param name="bias">[D] b.</param>
    /// <param name="logits">[B, D] receives the logits.</param>
    /// <param name="logitPanels">Where they go in place of it; null where they go there.</param>
    /// <param name="key">Names the random numbers, as in <see cref="BernoulliSampling"/>.</param>
    /// <param name="children">Receives the samples.</param>
    /// <param name="team">Who computes.</param>
    public static void Sample(BitMatrix x, Matrix weights, ColumnPanels panels, ReadOnlySpan<float> bias, Matrix logits,
        ColumnPanels? logitPanels, StreamKey key, BitMatrix children, WorkerTeam team)
    {
        KernelChecks.Same(x.Columns, weights.Rows, nameof(x));
        KernelChecks.Same(bias.Length, weights.Columns, nameof(bias));
        KernelChecks.Same(logits.Columns, weights.Columns, nameof(logits));
        KernelChecks.Same(logits.Rows, x.Rows, nameof(logits));
        int rows = x.Rows, lines = panels.FirstLine(panels.Count);
        children.Reshape(rows, weights.Columns);
        using PaddedRow padded = PaddedRow.Bias(bias);
        int[] order = ArrayPool<int>.Shared.Rent(rows);
        ushort[] sampled = ArrayPool<ushort>.Shared.Rent(rows * lines + panels.Count * BytesBetween / sizeof(ushort));
        fixed (ulong* bits = &x.Origin)
        fixed (float* initial = padded.Values)
        fixed (int* room = order)
        fixed (ushort* sixteens = sampled)
        {
            BinaryProduct product = new(bits, rows, weights, initial, null, logits, room)
            {
                ValuePanels = panels,
                ResultPanels = logitPanels,
            };
            Work work = new(product, panels, key, sixteens);
            team.Run(work, panels.Count);
            Gather(work, children);
        }

        ArrayPool<ushort>.Shared.Return(sampled);
        ArrayPool<int>.Shared.Return(order);
    }

    private static void Gather(Work work, BitMatrix children)
    {
        Span<ushort> all = MemoryMarshal.Cast<ulong, ushort>(children.Words);
        int stride = children.WordsPerRow * (sizeof(ulong) / sizeof(ushort));
        for (int panel = 0; panel < work.Panels.Count; panel++)
        {
            int first = work.Panels.FirstLine(panel), width = work.Panels.FirstLine(panel + 1) - first;
            ReadOnlySpan<ushort> ofPanel = new(work.Sampled(panel), children.Rows * width);
            for (int row = 0; row < children.Rows; row++) ofPanel.Slice(row * width, width).CopyTo(all[(row * stride + first)..]);
        }
    }

    // An item is a panel.
    private readonly struct Work(BinaryProduct product, ColumnPanels panels, StreamKey key, ushort* sampled) : IRangeWork
    {
        public ColumnPanels Panels => panels;

        /// <summary>[B, lines of the panel] its samples, sixteen columns a number.</summary>
        public ushort* Sampled(int panel) =>
            sampled + (long)panels.FirstLine(panel) * product.Rows + panel * (BytesBetween / sizeof(ushort));

        public void Run(int start, int end)
        {
            for (int panel = start; panel < end; panel++)
            {
                int first = panels.FirstLine(panel), last = panels.FirstLine(panel + 1);
                if (first == last) continue;
                product.Run(first, last);
                float* logits = product.ResultPanels is { } own ? own.Origin(panel) : product.Result;
                int stride = product.ResultPanels?.Stride(panel) ?? product.ResultStride;
                BernoulliSampling.SampleLines(logits, stride, product.Rows, product.Columns, first, last, key, Sampled(panel));
            }
        }
    }
}
