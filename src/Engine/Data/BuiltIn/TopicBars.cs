using System.Globalization;
using DreamViz.Engine.Data.Documents;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.BuiltIn;

/// <summary>Documents of known topics: the words are the pixels of a square, a topic is one of its rows or columns, and in a
/// document each topic is on with probability p; where none is, one of them is, each as likely. Every word comes from one of the topics that are on, each as
/// likely, and is one of that topic's words, each as likely. A document has L/2 to 3L/2 words, each number as likely; without a
/// given p, p = 1 / size, two topics to a document on average.</summary>
/// <remarks>Source: the graphical example of Griffiths and Steyvers, "Finding scientific topics", 2004.</remarks>
internal static class TopicBars
{
    private const int TrainingCount = 5000;
    private const int HeldOutCount = 1000;

    public static BuiltInData Entry { get; } = new(
        "topic-bars", "topic-bars[:SIZE[:LENGTH[:P]]]", "documents whose topics are rows and columns of words", "generated", Open);

    /// <summary>The words of every topic: rows first, then columns.</summary>
    public static int[][] Topics(int size) =>
    [
        .. Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Select(i => row * size + i).ToArray()),
        .. Enumerable.Range(0, size).Select(column => Enumerable.Range(0, size).Select(i => i * size + column).ToArray()),
    ];

    private static Dataset Open(DataParameters parameters, DataOptions options)
    {
        parameters.CheckCount(3);
        int size = parameters.Integer(0, fallback: 5, least: 2, most: 20);
        int length = parameters.Integer(1, fallback: 50, least: 2, most: 1000);
        double p = parameters.Probability(2, fallback: 1.0 / size);
        int[][] topics = Topics(size);
        return new Dataset
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"Topic bars {size}×{size}, {length} words, p = {p:0.####}"),
            Width = size,
            Height = size,
            Vocabulary = [.. Enumerable.Range(0, size * size).Select(word => Word(word / size, word % size))],
            Training = Draw(TrainingCount, part: 0),
            Validation = Draw(HeldOutCount, part: 1),
            Test = Draw(HeldOutCount, part: 2),
        };

        DocumentExamples Draw(int count, int part)
        {
            CountMatrix documents = new(size * size);
            for (int n = 0; n < count; n++)
            {
                BitSource random = new(new StreamKey(options.Seed, StreamPurpose.Data, Step: n, Layer: part));
                Append(documents, topics, length, p, ref random);
            }

            return new DocumentExamples(documents);
        }
    }

    private static void Append(CountMatrix documents, int[][] topics, int length, double p, ref BitSource random)
    {
        List<int[]> active = [];
        foreach (int[] topic in topics)
            if (random.Next(p)) active.Add(topic);
        if (active.Count == 0) active.Add(topics[random.NextBelow(topics.Length)]);

        int[] counts = new int[documents.Columns];
        int words = length / 2 + random.NextBelow(length + 1);
        for (int i = 0; i < words; i++)
        {
            int[] topic = active[random.NextBelow(active.Count)];
            counts[topic[random.NextBelow(topic.Length)]]++;
        }

        int[] present = [.. Enumerable.Range(0, counts.Length).Where(word => counts[word] > 0)];
        documents.Append(present, [.. present.Select(word => counts[word])]);
    }

    /// <summary>Like a square of a chess board: the column's letter, the row's number.</summary>
    private static string Word(int row, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + column)}{row + 1}");
}
