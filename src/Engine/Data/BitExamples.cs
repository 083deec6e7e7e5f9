using System.Numerics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data;

/// <summary>Examples whose bits never change.</summary>
/// <param name="bits">[N, D] the examples, one a row; kept, not copied.</param>
/// <param name="labels">[N] class labels, or null.</param>
internal sealed class BitExamples(BitMatrix bits, IReadOnlyList<int>? labels = null) : Examples
{
    /// <inheritdoc/>
    public override int Count => bits.Rows;

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Labels => labels;

    /// <inheritdoc/>
    public override bool ChangesWithEpoch => false;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> indices, ulong seed, long epoch, BitMatrix destination)
    {
        destination.Reshape(indices.Length, bits.Columns);
        for (int b = 0; b < indices.Length; b++) bits.Row(indices[b]).CopyTo(destination.Row(b));
    }

    /// <inheritdoc/>
    public override void Means(Span<double> destination)
    {
        destination.Clear();
        for (int r = 0; r < bits.Rows; r++) AddRow(bits.Row(r), destination);
        if (bits.Rows == 0) return;
        foreach (ref double mean in destination) mean /= bits.Rows;
    }

    private static void AddRow(ReadOnlySpan<ulong> row, Span<double> sums)
    {
        for (int w = 0; w < row.Length; w++)
        {
            for (ulong word = row[w]; word != 0; word &= word - 1)
                sums[w * 64 + BitOperations.TrailingZeroCount(word)]++;
        }
    }
}
