using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class SnapshotExchangeTests
{
    private sealed class Box
    {
        public long A, B;
    }

    [Fact]
    public void Nothing_is_taken_before_something_is_published()
    {
        SnapshotExchange<Box> exchange = new(() => new Box());
        Assert.False(exchange.TryTake(out _));
        Assert.True(exchange.Wanted);
    }

    [Fact]
    public void The_latest_wins_and_is_taken_once()
    {
        SnapshotExchange<Box> exchange = new(() => new Box());
        for (int i = 1; i <= 5; i++) Publish(exchange, i);
        Assert.False(exchange.Wanted);
        Assert.True(exchange.TryTake(out Box taken));
        Assert.Equal(5, taken.A);
        Assert.True(exchange.Wanted);
        Assert.False(exchange.TryTake(out Box again));
        Assert.Same(taken, again);
    }

    [Fact]
    public void What_the_reader_holds_does_not_change_while_the_writer_goes_on()
    {
        SnapshotExchange<Box> exchange = new(() => new Box());
        Publish(exchange, 1);
        exchange.TryTake(out Box held);
        for (int i = 2; i <= 100; i++) Publish(exchange, i);
        Assert.Equal((1, 1), (held.A, held.B));
    }

    [Fact]
    public void Between_two_threads_every_value_is_whole_newer_than_the_last_and_the_final_one_arrives()
    {
        const long Last = 200_000;
        SnapshotExchange<Box> exchange = new(() => new Box());
        Thread writer = new(() =>
        {
            for (long i = 1; i <= Last; i++) Publish(exchange, i);
        });
        writer.Start();
        long newest = 0;
        while (newest < Last)
        {
            if (!exchange.TryTake(out Box box)) continue;
            Assert.Equal(box.A, box.B);
            Assert.True(box.A > newest);
            newest = box.A;
        }

        writer.Join();
    }

    private static void Publish(SnapshotExchange<Box> exchange, long value)
    {
        exchange.Back.A = value;
        exchange.Back.B = value;
        exchange.Publish();
    }
}
