using System.Buffers;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>A copy of a row, followed by zeros up to a multiple of <see cref="Matrix.Alignment"/>, from the array pool.</summary>
internal readonly ref struct PaddedRow
{
    private readonly float[] rented;
    private readonly int length;

    public PaddedRow(ReadOnlySpan<float> row)
        : this(row.Length)
    {
        row.CopyTo(rented);
    }

    private PaddedRow(int columns)
    {
        length = (columns + Matrix.Alignment - 1) / Matrix.Alignment * Matrix.Alignment;
        rented = ArrayPool<float>.Shared.Rent(length);
        rented.AsSpan(0, length).Clear();
    }

    /// <summary>A row of zeros only.</summary>
    public static PaddedRow Zeros(int length) => new(length);

    /// <summary>The row and its padding.</summary>
    public Span<float> Values => rented.AsSpan(0, length);

    public void Dispose() => ArrayPool<float>.Shared.Return(rented);
}
