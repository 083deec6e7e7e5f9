namespace DreamViz.Engine.Data.Documents;

/// <summary>How many words dreamed documents have.</summary>
internal static class DreamLengths
{
    /// <summary>The most lengths that a machine keeps.</summary>
    private const int Most = 256;

    // A dream needs no book.
    private const int Longest = 1 << 12;

    /// <summary>Quantiles of the documents' lengths, each to be as likely: (k + ½) / n for k = 0 … n − 1; empty where examples are
    /// no documents.</summary>
    public static IReadOnlyList<int> Of(Examples examples)
    {
        if (examples.Lengths is not { Count: > 0 } lengths) return [];
        int[] sorted = [.. lengths.Order()];
        int count = Math.Min(Most, sorted.Length);
        return [.. Enumerable.Range(0, count).Select(k => Math.Min(Longest, sorted[(int)((k + 0.5) / count * sorted.Length)]))];
    }
}
