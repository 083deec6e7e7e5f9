using System.Buffers;
using System.Numerics.Tensors;
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

    /// <summary>A bias that sums start from, −0 as +0: after that no choice of order can leave a −0 that another does not.</summary>
    public static PaddedRow Bias(ReadOnlySpan<float> bias)
    {
        PaddedRow row = new(bias.Length);
        TensorPrimitives.Add(bias, 0, row.Values);
        return row;
    }

    /// <summary>A row of zeros only.</summary>
    public static PaddedRow Zeros(int length) => new(length);

    /// <summary>The row and its padding.</summary>
    public Span<float> Values => rented.AsSpan(0, length);

    public void Dispose() => ArrayPool<float>.Shared.Return(rented);
}
