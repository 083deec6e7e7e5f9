using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DreamViz.Engine.Numerics;

/// <summary>A row-major matrix [Rows, Columns] of floats whose rows start on 64-byte boundaries.</summary>
/// <remarks>Rows are <see cref="Stride"/> floats apart. The padding behind each row's last column is zero in parameters,
/// gradients and optimizer state, and may hold anything finite in logits and errors. Growing reallocates, shrinking and
/// regrowing within the capacity do not, so a steady training step allocates nothing.</remarks>
public sealed class Matrix
{
    /// <summary>Floats to a 64-byte line.</summary>
    public const int Alignment = 16;

    private float[] storage = [];
    private int offset;

    /// <summary>A matrix of zeros.</summary>
    public Matrix(int rows, int columns) => Reshape(rows, columns);

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; private set; }

    /// <summary>Floats from one row's start to the next: Columns rounded up to a multiple of <see cref="Alignment"/>.</summary>
    public int Stride { get; private set; }

    /// <summary>Row r, [Columns].</summary>
    public Span<float> Row(int r) => storage.AsSpan(offset + CheckedRow(r) * Stride, Columns);

    /// <summary>Row r with its padding, [Stride].</summary>
    public Span<float> PaddedRow(int r) => storage.AsSpan(offset + CheckedRow(r) * Stride, Stride);

    /// <summary>All rows with their padding, [Rows · Stride].</summary>
    public Span<float> Flat => storage.AsSpan(offset, Rows * Stride);

    /// <summary>A reference to the first element, for kernels. The storage is pinned: it never moves.</summary>
    public ref float Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(storage), offset);

    /// <summary>One element.</summary>
    public float this[int row, int column]
    {
        get => Row(row)[column];
        set => Row(row)[column] = value;
    }

    /// <summary>Gives the matrix a new shape. The contents are undefined afterwards, zero if it had to grow.</summary>
    public void Reshape(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        int stride = checked((columns + Alignment - 1) / Alignment * Alignment);
        int needed = checked(rows * stride + Alignment);
        if (storage.Length < needed)
        {
            storage = GC.AllocateArray<float>(needed, pinned: true);
            nuint address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(storage, 0);
            offset = (int)((64 - address % 64) % 64 / sizeof(float));
        }

        (Rows, Columns, Stride) = (rows, columns, stride);
    }

    /// <summary>Sets every element and the padding to zero.</summary>
    public void Clear() => Flat.Clear();

    /// <summary>Takes the other matrix's shape and contents.</summary>
    public void CopyFrom(Matrix other)
    {
        Reshape(other.Rows, other.Columns);
        other.Flat.CopyTo(Flat);
    }

    private int CheckedRow(int r)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)r, (uint)Rows, nameof(r));
        return r;
    }
}
