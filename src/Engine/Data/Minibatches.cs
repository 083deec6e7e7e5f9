using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data;

/// <summary>Examples in a new random order each epoch, in batches of any size; a batch may run over into the next epoch.
/// The order depends on the seed and the epoch alone. Steady use allocates nothing.</summary>
public sealed class Minibatches
{
    private readonly Examples examples;
    private readonly ulong seed;
    private readonly int[] order;
    private readonly BitMatrix part = new(0, 0);
    private int[] indices = [];
    private long orderedEpoch = -1;

    /// <exception cref="InvalidInputException">There are no examples.</exception>
    public Minibatches(Examples examples, ulong seed)
    {
        if (examples.Count == 0) throw new InvalidInputException("data: expected at least one training example, found none");
        (this.examples, this.seed) = (examples, seed);
        order = new int[examples.Count];
    }

    /// <summary>The epoch of the next example, from 0.</summary>
    public long Epoch { get; private set; }

    /// <summary>Examples of this epoch that were already read.</summary>
    public int Position { get; private set; }

    /// <summary>[B] the examples of the newest batch, from 0.</summary>
    public ReadOnlySpan<int> Indices => indices.AsSpan(0, BatchSize);

    /// <summary>B of the newest batch; 0 before the first.</summary>
    public int BatchSize { get; private set; }

    /// <summary>Goes to a place in the stream of examples.</summary>
    public void Seek(long epoch, int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)examples.Count, nameof(position));
        (Epoch, Position) = (epoch, position);
    }

    /// <summary>Reads the next batch.</summary>
    /// <param name="batchSize">B.</param>
    /// <param name="bits">[B, D], reshaped and overwritten.</param>
    public void Read(int batchSize, BitMatrix bits)
    {
        if (indices.Length < batchSize) indices = new int[batchSize];
        BatchSize = batchSize;
        int first = Math.Min(batchSize, Remaining());
        ReadPart(0, first, bits);
        // Bits drawn afresh each epoch are read an epoch at a time, so the batch is put together.
        for (int filled = first, count; filled < batchSize; filled += count)
        {
            count = Math.Min(batchSize - filled, Remaining());
            ReadPart(filled, count, part);
            bits.Append(part);
        }
    }

    private int Remaining()
    {
        if (Position == examples.Count) (Epoch, Position) = (Epoch + 1, 0);
        return examples.Count - Position;
    }

    private void ReadPart(int start, int count, BitMatrix destination)
    {
        if (orderedEpoch != Epoch)
        {
            new RandomStream(new StreamKey(seed, StreamPurpose.Shuffle, Epoch)).FillPermutation(order);
            orderedEpoch = Epoch;
        }

        Span<int> chosen = indices.AsSpan(start, count);
        order.AsSpan(Position, count).CopyTo(chosen);
        examples.Read(chosen, seed, Epoch, destination);
        Position += count;
    }
}
