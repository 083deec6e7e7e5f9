using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.Documents;

/// <summary>Datasets out of counted documents.</summary>
internal static class DocumentSet
{
    /// <summary>The most documents of one file or folder.</summary>
    public const int MaximumDocuments = 10_000_000;

    /// <summary>The most words of one document: up to here single precision counts exactly.</summary>
    public const int MaximumLength = 1 << 24;

    /// <summary>A dataset; what is null is split off the training documents by the options' shares. Held-out documents come in
    /// a random order, always the same. Documents without words, of which nothing can be learned or measured, are left out.
    /// </summary>
    /// <param name="name">What to call it.</param>
    /// <param name="place">Where the documents come from, for messages.</param>
    /// <param name="vocabulary">[V] the words.</param>
    /// <param name="training">[N, V].</param>
    /// <param name="validation">[N, V], or null.</param>
    /// <param name="test">[N, V], or null.</param>
    /// <param name="options">Shares and seed.</param>
    /// <exception cref="InvalidInputException">No document is left to learn from.</exception>
    public static Dataset Create(string name, string place, IReadOnlyList<string> vocabulary, CountMatrix training,
        CountMatrix? validation, CountMatrix? test, DataOptions options)
    {
        int count = training.Rows;
        int[] rows = [.. Enumerable.Range(0, count)];
        int[] testRows = test is null ? Split(ref rows, options.TestShare, count, options, 2) : [];
        int[] validationRows = validation is null ? Split(ref rows, options.ValidationShare, count, options, 1) : [];
        DocumentExamples learned = new(Select(training, rows));
        if (learned.Count == 0)
            throw new InvalidInputException($"{place}: expected documents with words to learn from, found {count} documents in all");
        return new Dataset
        {
            Name = name,
            Width = vocabulary.Count,
            Height = 1,
            Vocabulary = vocabulary,
            Training = learned,
            Validation = new DocumentExamples(Select(validation ?? training, validation is null ? validationRows : Order(validation, options, 3))),
            Test = new DocumentExamples(Select(test ?? training, test is null ? testRows : Order(test, options, 4))),
        };
    }

    /// <summary>Takes a share of all documents out of the rows.</summary>
    public static int[] Split(ref int[] rows, double share, int count, DataOptions options, int part)
    {
        int chosen = Math.Min(rows.Length, (int)Math.Round(share * count));
        int[] order = new int[rows.Length];
        Stream(options, part).FillPermutation(order);
        int[] all = rows;
        int[] taken = [.. order.Take(chosen).Order().Select(i => all[i])];
        rows = [.. order.Skip(chosen).Order().Select(i => all[i])];
        return taken;
    }

    private static int[] Order(CountMatrix documents, DataOptions options, int part)
    {
        int[] order = new int[documents.Rows];
        Stream(options, part).FillPermutation(order);
        return order;
    }

    private static CountMatrix Select(CountMatrix documents, int[] rows)
    {
        CountMatrix selected = new(documents.Columns);
        foreach (int row in rows)
            if (documents.Total(row) > 0) selected.Append(documents, row);
        return selected;
    }

    private static RandomStream Stream(DataOptions options, int part) =>
        new(new StreamKey(options.Seed, StreamPurpose.Data, Layer: part));
}
