using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.Documents;

/// <summary>Documents as bags of words.</summary>
/// <param name="documents">[N, V] the documents, none of them empty; kept, not copied.</param>
internal sealed class DocumentExamples(CountMatrix documents) : Examples
{
    /// <inheritdoc/>
    public override int Count => documents.Rows;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Lengths { get; } = [.. Enumerable.Range(0, documents.Rows).Select(documents.Total)];

    /// <inheritdoc/>
    public override bool ChangesWithEpoch => false;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> indices, ulong seed, long epoch, BitMatrix destination)
    {
        destination.BeginDocuments(documents.Columns);
        foreach (int index in indices) destination.AppendDocument(documents.Words(index), documents.Counts(index));
    }

    /// <inheritdoc/>
    public override void Means(Span<double> destination)
    {
        destination.Clear();
        double total = 0;
        for (int r = 0; r < documents.Rows; r++)
        {
            total += documents.Total(r);
            ReadOnlySpan<int> words = documents.Words(r), counts = documents.Counts(r);
            for (int i = 0; i < words.Length; i++) destination[words[i]] += counts[i];
        }

        if (total == 0) return;
        foreach (ref double mean in destination) mean /= total;
    }
}
