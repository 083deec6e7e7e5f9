namespace DreamViz.Engine.Numerics;

/// <summary>A sparse matrix [Rows, Columns] of counts: a row is a document as a bag of words, an entry a word and how often
/// it occurs.</summary>
/// <remarks>Rows are appended. Within the capacity nothing is allocated.</remarks>
public sealed class CountMatrix
{
    private int[] starts = new int[1];
    private int[] totals = [];
    private int[] words = [];
    private int[] counts = [];

    /// <param name="columns">V, words of the vocabulary.</param>
    public CountMatrix(int columns) => Reset(columns);

    /// <summary>The number of documents.</summary>
    public int Rows { get; private set; }

    /// <summary>V, words of the vocabulary.</summary>
    public int Columns { get; private set; }

    /// <summary>Entries of all rows.</summary>
    public int Entries => starts[Rows];

    /// <summary>The words that occur in row r, from 0, in ascending order.</summary>
    public ReadOnlySpan<int> Words(int r) => words.AsSpan(Start(r), starts[r + 1] - starts[r]);

    /// <summary>How often each of <see cref="Words"/> occurs, at least once.</summary>
    public ReadOnlySpan<int> Counts(int r) => counts.AsSpan(Start(r), starts[r + 1] - starts[r]);

    /// <summary>N of row r: the sum of its counts.</summary>
    public int Total(int r)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)r, (uint)Rows, nameof(r));
        return totals[r];
    }

    /// <summary>Takes all rows away.</summary>
    /// <param name="columns">V from now on.</param>
    public void Reset(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        (Rows, Columns) = (0, columns);
    }

    /// <summary>Appends a row.</summary>
    /// <param name="rowWords">Ascending, each once, below V.</param>
    /// <param name="rowCounts">As many, each at least 1.</param>
    /// <exception cref="ArgumentException">The entries are otherwise.</exception>
    public void Append(ReadOnlySpan<int> rowWords, ReadOnlySpan<int> rowCounts)
    {
        CheckEntries(rowWords, rowCounts);
        int start = Entries, end = checked(start + rowWords.Length);
        Reserve(ref words, end);
        Reserve(ref counts, end);
        Reserve(ref starts, Rows + 2);
        Reserve(ref totals, Rows + 1);
        rowWords.CopyTo(words.AsSpan(start));
        rowCounts.CopyTo(counts.AsSpan(start));
        int total = 0;
        foreach (int count in rowCounts) total = checked(total + count);
        totals[Rows++] = total;
        starts[Rows] = end;
    }

    /// <summary>Appends a row of another matrix.</summary>
    public void Append(CountMatrix other, int row) => Append(other.Words(row), other.Counts(row));

    /// <summary>Entry by entry the same.</summary>
    public bool HasSameRows(CountMatrix other)
    {
        bool same = Rows == other.Rows;
        for (int r = 0; same && r < Rows; r++)
            same = Words(r).SequenceEqual(other.Words(r)) && Counts(r).SequenceEqual(other.Counts(r));
        return same;
    }

    private int Start(int r)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)r, (uint)Rows, nameof(r));
        return starts[r];
    }

    private void CheckEntries(ReadOnlySpan<int> rowWords, ReadOnlySpan<int> rowCounts)
    {
        if (rowWords.Length != rowCounts.Length) throw new ArgumentException("Expected as many counts as words.");
        int last = -1;
        for (int i = 0; i < rowWords.Length; i++)
        {
            if (rowWords[i] <= last || rowWords[i] >= Columns || rowCounts[i] < 1)
                throw new ArgumentException("Expected ascending words below the number of columns, each at least once.");
            last = rowWords[i];
        }
    }

    private static void Reserve(ref int[] array, int length)
    {
        if (array.Length < length) Array.Resize(ref array, Math.Max(length, 2 * array.Length));
    }
}
