using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BitTransposeTests
{
    [Fact]
    public void Exchanges_rows_and_columns_in_every_shape()
    {
        int[] sizes = [0, 1, 2, 31, 63, 64, 65, 100, 128, 129];
        BitMatrix transposed = Some.Bits(140, 140, 9);
        foreach (int rows in sizes)
        {
            foreach (int columns in sizes)
            {
                BitMatrix source = Some.Bits(rows, columns, (ulong)(rows * 1000 + columns));
                BitTranspose.Compute(source, transposed);
                Assert.Equal((columns, rows), (transposed.Rows, transposed.Columns));
                Some.HasZeroPadding(transposed);
                for (int r = 0; r < rows; r++)
                {
                    for (int c = 0; c < columns; c++) Assert.True(source[r, c] == transposed[c, r]);
                }
            }
        }
    }
}
