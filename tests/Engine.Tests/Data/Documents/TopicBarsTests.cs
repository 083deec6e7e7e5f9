using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Data.Documents;

public class TopicBarsTests
{
    [Fact]
    public void Words_are_squares_and_documents_have_about_the_length_asked_for()
    {
        Dataset data = DataCatalog.Open("topic-bars:3:20:0.5");
        Assert.Equal((3, 3), (data.Width, data.Height));
        Assert.Equal(["a1", "b1", "c1", "a2"], data.Vocabulary!.Take(4));
        Assert.Equal((5000, 1000, 1000), (data.Training.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal((10, 30), (data.Training.Lengths!.Min(), data.Training.Lengths!.Max()));
        Assert.Equal(20, data.Training.Lengths!.Average(), 0.5);
    }

    [Fact]
    public void Every_word_is_as_frequent_and_a_document_of_one_topic_is_a_bar()
    {
        Dataset data = DataCatalog.Open("topic-bars:5:50:0.01");
        double[] means = new double[25];
        data.Training.Means(means);
        foreach (double mean in means) Assert.Equal(0.04, mean, 0.004);

        // With p = 0.01 nearly every document has one topic: five words of a row or of a column.
        BitMatrix bits = new(0, 0);
        data.Training.Read([.. Enumerable.Range(0, 1000)], 1, 0, bits);
        int bars = Enumerable.Range(0, 1000).Count(r => IsBar(bits, r));
        Assert.InRange(bars, 985, 1000);
    }

    [Fact]
    public void The_same_seed_gives_the_same_documents_and_the_parts_differ()
    {
        Assert.True(Read(DataCatalog.Open("topic-bars").Training).HasSameRows(Read(DataCatalog.Open("topic-bars").Training)));
        Assert.False(Read(DataCatalog.Open("topic-bars").Training).HasSameRows(Read(DataCatalog.Open("topic-bars").Test)));
        Assert.False(Read(DataCatalog.Open("topic-bars").Test)
            .HasSameRows(Read(DataCatalog.Open("topic-bars", new DataOptions { Seed = 2 }).Test)));
    }

    [Fact]
    public void A_batch_that_runs_over_into_the_next_epoch_keeps_its_counts()
    {
        Examples examples = DataCatalog.Open("topic-bars").Test;
        Minibatches batches = new(examples, 3);
        BitMatrix bits = new(0, 0), again = new(0, 0);
        for (int i = 0; i < 3; i++) batches.Read(700, bits);
        examples.Read(batches.Indices, 3, 0, again);
        Assert.Equal(700, bits.Rows);
        Assert.Equal(again.Words.ToArray(), bits.Words.ToArray());
        Assert.True(bits.Counts!.HasSameRows(again.Counts!));
    }

    private static CountMatrix Read(Examples examples)
    {
        BitMatrix bits = new(0, 0);
        examples.Read([.. Enumerable.Range(0, 50)], 1, 0, bits);
        return bits.Counts!;
    }

    private static bool IsBar(BitMatrix bits, int row)
    {
        int[] words = bits.Counts!.Words(row).ToArray();
        return words.All(word => word / 5 == words[0] / 5) || words.All(word => word % 5 == words[0] % 5);
    }
}
