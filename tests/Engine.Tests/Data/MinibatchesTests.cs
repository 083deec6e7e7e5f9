using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Training;

namespace DreamViz.Engine.Tests.Data;

public class MinibatchesTests
{
    private static readonly Examples Ten = TinyData.Examples(4, [.. Enumerable.Range(0, 10)]);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(25)]
    public void Every_epoch_shows_every_example_once(int batchSize)
    {
        int[] stream = ReadStream(new Minibatches(Ten, 1), batchSize, 50);
        for (int epoch = 0; epoch < 5; epoch++)
            Assert.Equal(Enumerable.Range(0, 10), stream[(10 * epoch)..(10 * epoch + 10)].Order());
    }

    [Fact]
    public void The_stream_of_examples_does_not_depend_on_the_batch_size() =>
        Assert.Equal(ReadStream(new Minibatches(Ten, 1), 7, 40), ReadStream(new Minibatches(Ten, 1), 25, 40));

    [Fact]
    public void Epochs_and_seeds_differ_in_order()
    {
        int[] stream = ReadStream(new Minibatches(Ten, 1), 10, 20);
        Assert.NotEqual(stream[..10], stream[10..]);
        Assert.NotEqual(stream[..10], ReadStream(new Minibatches(Ten, 2), 10, 10));
    }

    [Fact]
    public void Seeking_continues_the_same_stream()
    {
        var first = new Minibatches(Ten, 1);
        ReadStream(first, 4, 12);
        var second = new Minibatches(Ten, 1);
        second.Seek(first.Epoch, first.Position);
        Assert.Equal(ReadStream(first, 4, 20), ReadStream(second, 4, 20));
    }

    [Fact]
    public void No_examples_are_refused() =>
        Assert.Throws<InvalidInputException>(() => new Minibatches(TinyData.Examples(4, []), 1));

    /// <summary>The first examples of the stream, each checked to be the one that the indices name.</summary>
    private static int[] ReadStream(Minibatches minibatches, int batchSize, int count)
    {
        var bits = new BitMatrix(0, 0);
        List<int> stream = [];
        while (stream.Count < count)
        {
            minibatches.Read(batchSize, bits);
            Assert.Equal((batchSize, 4), (bits.Rows, bits.Columns));
            for (int b = 0; b < batchSize; b++) Assert.Equal(minibatches.Indices[b], (int)bits.Row(b)[0]);
            stream.AddRange(minibatches.Indices.ToArray());
        }

        return [.. stream.Take(count)];
    }
}
