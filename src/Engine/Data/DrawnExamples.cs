using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data;

/// <summary>Examples drawn afresh each epoch: every pixel on with probability intensity.</summary>
/// <remarks>The bits of an example depend on the seed, the epoch and the example alone, whatever batch it is in.</remarks>
internal sealed class DrawnExamples(GrayImages images) : Examples
{
    /// <inheritdoc/>
    public override int Count => images.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Labels => images.Labels;

    /// <inheritdoc/>
    public override bool ChangesWithEpoch => true;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> indices, ulong seed, long epoch, BitMatrix destination)
    {
        destination.Reshape(indices.Length, images.Units);
        for (int b = 0; b < indices.Length; b++)
        {
            RandomStream random = new(new StreamKey(seed, StreamPurpose.Binarization, epoch, Block: indices[b]));
            Binarization.Draw(images.Row(indices[b]), images.Maximum, ref random, destination.Row(b));
        }
    }

    /// <inheritdoc/>
    public override void Means(Span<double> destination)
    {
        destination.Clear();
        for (int n = 0; n < images.Count; n++)
        {
            ReadOnlySpan<byte> row = images.Row(n);
            for (int i = 0; i < row.Length; i++) destination[i] += row[i];
        }

        if (images.Count == 0) return;
        double scale = 1.0 / images.Maximum / images.Count;
        foreach (ref double mean in destination) mean *= scale;
    }
}
