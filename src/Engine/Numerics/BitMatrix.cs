using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DreamViz.Engine.Numerics;

/// <summary>A matrix [Rows, Columns] of bits, each row packed into 64-bit words, the first column in the lowest bit. Rows of
/// documents have counts, too: a bit says that a word occurs, its count how often.</summary>
/// <remarks>Bits past the last column are always zero. Reshaping within the capacity allocates nothing. Counts go where rows
/// are copied to; whoever changes bits of documents changes their counts.</remarks>
public sealed class BitMatrix
{
    private ulong[] storage = [];
    private CountMatrix? counts;
    private bool hasCounts;

    /// <summary>A matrix of zero bits.</summary>
    public BitMatrix(int rows, int columns) => Reshape(rows, columns);

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; private set; }

    /// <summary>Words to a row: ⌈Columns / 64⌉.</summary>
    public int WordsPerRow { get; private set; }

    /// <summary>The documents whose words the bits show; null where bits are all there is.</summary>
    public CountMatrix? Counts => hasCounts ? counts : null;

    /// <summary>Row r, [WordsPerRow].</summary>
    public Span<ulong> Row(int r)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)r, (uint)Rows, nameof(r));
        return storage.AsSpan(r * WordsPerRow, WordsPerRow);
    }

    /// <summary>All rows, [Rows · WordsPerRow].</summary>
    public Span<ulong> Words => storage.AsSpan(0, Rows * WordsPerRow);

    /// <summary>A reference to the first word, for kernels; one word behind the last may be read. The storage is pinned: it never
    /// moves.</summary>
    public ref ulong Origin => ref MemoryMarshal.GetArrayDataReference(storage);

    /// <summary>One bit.</summary>
    public bool this[int row, int column]
    {
        get
        {
            CheckColumn(column);
            return (Row(row)[column >> 6] >> (column & 63) & 1) != 0;
        }
        set
        {
            CheckColumn(column);
            ref ulong word = ref Row(row)[column >> 6];
            ulong bit = 1UL << (column & 63);
            word = value ? word | bit : word & ~bit;
        }
    }

    /// <summary>Gives the matrix a new shape, all bits zero.</summary>
    public void Reshape(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        int words = (int)(((long)columns + 63) / 64);
        int needed = checked(rows * words);
        if (storage.Length <= needed) storage = GC.AllocateArray<ulong>(needed + 1, pinned: true);
        (Rows, Columns, WordsPerRow) = (rows, columns, words);
        hasCounts = false;
        Words.Clear();
    }

    /// <summary>Sets every bit to zero. There are no counts afterwards.</summary>
    public void Clear()
    {
        hasCounts = false;
        Words.Clear();
    }

    /// <summary>Becomes a matrix of documents, without rows so far.</summary>
    /// <param name="columns">V, words of the vocabulary.</param>
    public void BeginDocuments(int columns)
    {
        Reshape(0, columns);
        counts ??= new CountMatrix(columns);
        counts.Reset(columns);
        hasCounts = true;
    }

    /// <summary>Appends a document: its bits and its counts.</summary>
    /// <exception cref="InvalidOperationException">The rows are no documents.</exception>
    public void AppendDocument(ReadOnlySpan<int> words, ReadOnlySpan<int> wordCounts)
    {
        if (!hasCounts) throw new InvalidOperationException("Expected a matrix of documents.");
        counts!.Append(words, wordCounts);
        Grow(1);
        Span<ulong> row = Row(Rows - 1);
        row.Clear();
        foreach (int word in words) row[word >> 6] |= 1UL << (word & 63);
    }

    /// <summary>Appends all rows of another matrix of as many columns.</summary>
    public void Append(BitMatrix other)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Columns, Columns, nameof(other));
        int first = Rows;
        Grow(other.Rows);
        other.Words.CopyTo(Words[(first * WordsPerRow)..]);
        for (int r = 0; hasCounts && r < other.Rows; r++) counts!.Append(other.Counts!, r);
    }

    /// <summary>Takes the other matrix's shape and bits.</summary>
    public void CopyFrom(BitMatrix other) => CopyFrom(other, 0, other.Rows);

    /// <summary>Takes some rows of another matrix, <paramref name="count"/> of them from <paramref name="first"/> on.</summary>
    public void CopyFrom(BitMatrix other, int first, int count)
    {
        if (other.Counts is { } documents)
        {
            BeginDocuments(other.Columns);
            for (int r = first; r < first + count; r++) AppendDocument(documents.Words(r), documents.Counts(r));
            return;
        }

        Reshape(count, other.Columns);
        other.Words.Slice(first * other.WordsPerRow, count * other.WordsPerRow).CopyTo(Words);
    }

    /// <summary>Takes some rows of another matrix, each <paramref name="repeats"/> times in a row.</summary>
    public void CopyRepeated(BitMatrix other, int repeats)
    {
        int rows = checked(other.Rows * repeats);
        if (other.Counts is { } documents)
        {
            BeginDocuments(other.Columns);
            for (int r = 0; r < rows; r++) AppendDocument(documents.Words(r / repeats), documents.Counts(r / repeats));
            return;
        }

        Reshape(rows, other.Columns);
        for (int r = 0; r < rows; r++) other.Row(r / repeats).CopyTo(Row(r));
    }

    /// <summary>The number of ones in the whole matrix.</summary>
    public long CountOnes()
    {
        long ones = 0;
        foreach (ulong word in Words) ones += BitOperations.PopCount(word);
        return ones;
    }

    /// <summary>Writes one row as bytes 0 or 1, [Columns].</summary>
    public void UnpackRow(int r, Span<byte> destination)
    {
        ReadOnlySpan<ulong> row = Row(r);
        for (int c = 0; c < Columns; c++) destination[c] = (byte)(row[c >> 6] >> (c & 63) & 1);
    }

    private void Grow(int rows)
    {
        int needed = checked((Rows + rows) * WordsPerRow);
        if (storage.Length <= needed) Array.Resize(ref storage, Math.Max(needed + 1, 2 * storage.Length));
        Rows += rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckColumn(int column) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
}
