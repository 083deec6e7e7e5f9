using System.Runtime.CompilerServices;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Numerics;

public class MatrixTests
{
    [Fact]
    public unsafe void Rows_start_on_64_byte_boundaries_and_hold_their_padding()
    {
        for (int columns = 0; columns < 130; columns++)
        {
            Matrix matrix = new(3, columns);
            Assert.Equal((columns + 15) / 16 * 16, matrix.Stride);
            Assert.Equal(0UL, (nuint)Unsafe.AsPointer(ref matrix.Origin) % 64);
            for (int r = 0; r < 3; r++)
            {
                Assert.Equal(columns, matrix.Row(r).Length);
                Assert.Equal(matrix.Stride, matrix.PaddedRow(r).Length);
            }

            Assert.All(matrix.Flat.ToArray(), value => Assert.Equal(0f, value));
        }
    }

    [Fact]
    public void An_element_is_found_in_its_row_and_column()
    {
        Matrix matrix = new(3, 20);
        matrix[2, 19] = 5;
        Assert.Equal(5, matrix.Row(2)[19]);
        Assert.Equal(5, matrix.Flat[2 * matrix.Stride + 19]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[-1, 0]);
        Assert.Throws<IndexOutOfRangeException>(() => matrix[0, 20]);
    }

    [Fact]
    public void Reshaping_within_the_capacity_allocates_nothing()
    {
        Matrix matrix = new(100, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        matrix.Reshape(7, 300);
        matrix.Reshape(0, 0);
        matrix.Reshape(100, 100);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Reshape(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Reshape(1, -3));
    }

    [Fact]
    public void A_copy_is_equal_and_independent()
    {
        Matrix source = new(2, 3), copy = new(9, 9);
        source[1, 2] = 4;
        copy.CopyFrom(source);
        source.Clear();
        Assert.Equal((2, 3, 4f), (copy.Rows, copy.Columns, copy[1, 2]));
        Assert.Equal(0f, source[1, 2]);
    }
}
