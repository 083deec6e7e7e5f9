using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace DreamViz.Engine.Numerics;

/// <summary>A matrix [rows, columns] whose columns lie in panels, each in memory of its own, one for every thread that writes.</summary>
/// <remarks>In a row-major matrix the columns of two threads lie side by side in every row: the processor of one fetches ahead what the
/// other is writing, which then waits to get it back, and gradients of narrow matrices take longer on two threads than on one. Rows of a
/// panel are an odd number of 64-byte lines apart, so that a column meets all sets of a cache.</remarks>
internal sealed unsafe class ColumnPanels
{
    /// <summary>Room to leave behind what is one thread's: a processor that reads every fifth row fetches a dozen or more such rows ahead,
    /// also behind the last, and what another thread writes there it must win back. Nobody writes to it, so it takes addresses and hardly
    /// any memory.</summary>
    public const int RowsBehind = 128;

    private readonly int rows;
    private readonly int columns;
    private readonly bool roundsUp;
    private readonly float*[] panels;
    // Pinned, and kept alive for the pointers.
    private readonly float[][] storage;

    /// <summary>Undefined contents.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="count">How many panels.</param>
    /// <param name="roundsUp">Whether the first panels are the wider ones, where lines make no even panels.</param>
    public ColumnPanels(int rows, int columns, int count, bool roundsUp)
    {
        (this.rows, this.columns, this.roundsUp) = (rows, columns, roundsUp);
        storage = new float[count][];
        panels = new float*[count];
        for (int panel = 0; panel < count; panel++)
        {
            storage[panel] = GC.AllocateUninitializedArray<float>((rows + RowsBehind) * Stride(panel) + Matrix.Alignment, pinned: true);
            nuint address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(storage[panel], 0);
            panels[panel] = (float*)((address + 63) & ~(nuint)63);
        }
    }

    /// <summary>Room [rows, columns], divided as another matrix of as many columns: the room given, where it is that.</summary>
    public static ColumnPanels Like(ColumnPanels other, int rows, ColumnPanels? room) =>
        room is not null && (room.rows, room.columns, room.Count, room.roundsUp) == (rows, other.columns, other.Count, other.roundsUp)
            ? room
            : new ColumnPanels(rows, other.columns, other.Count, other.roundsUp);

    /// <summary>The number of panels.</summary>
    public int Count => panels.Length;

    /// <summary>The 64-byte line of the matrix that a panel begins with; of the panel behind the last, how many lines there are.</summary>
    public int FirstLine(int panel)
    {
        int lines = (columns + Matrix.Alignment - 1) / Matrix.Alignment;
        return (int)(((long)lines * panel + (roundsUp ? Count - 1 : 0)) / Count);
    }

    /// <summary>Floats from one row of a panel to the next.</summary>
    public int Stride(int panel) => (FirstLine(panel + 1) - FirstLine(panel) | 1) * Matrix.Alignment;

    /// <summary>Where the matrix's column 0 would be in the first row of a panel.</summary>
    public float* Origin(int panel) => panels[panel] - FirstLine(panel) * Matrix.Alignment;

    /// <summary>Takes the contents of a matrix of the same shape, with its padding.</summary>
    public void CopyFrom(Matrix matrix)
    {
        for (int panel = 0; panel < Count; panel++)
            for (int row = 0; row < rows; row++) Line(matrix, panel, row).CopyTo(Line(panel, row));
    }

    /// <summary>Gives the contents, with their padding, to a matrix of the same shape.</summary>
    public void CopyTo(Matrix matrix)
    {
        for (int panel = 0; panel < Count; panel++)
            for (int row = 0; row < rows; row++) Line(panel, row).CopyTo(Line(matrix, panel, row));
    }

    /// <summary>The sum of all elements.</summary>
    public float Sum()
    {
        float sum = 0;
        for (int panel = 0; panel < Count; panel++)
            for (int row = 0; row < rows; row++) sum += TensorPrimitives.Sum<float>(Line(panel, row));
        return sum;
    }

    private Span<float> Line(int panel, int row) => new(panels[panel] + (nint)row * Stride(panel), Width(panel));

    private Span<float> Line(Matrix matrix, int panel, int row) =>
        matrix.PaddedRow(row).Slice(FirstLine(panel) * Matrix.Alignment, Width(panel));

    private int Width(int panel) => (FirstLine(panel + 1) - FirstLine(panel)) * Matrix.Alignment;
}
