using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class ColumnSumsTests
{
    [Theory]
    [ClassData(typeof(RowShapes))]
    public void Adds_the_reference(int rows, int columns)
    {
        Matrix values = Some.MatrixWithDirtyPadding(rows, columns, 1);
        float[] before = Some.Floats(columns, 2), sums = [.. before];
        double[] expected = ColumnSums.Reference(values);
        ColumnSums.Accumulate(values, sums, WorkerTeam.Single);
        for (int c = 0; c < columns; c++) Assert.Equal(before[c] + expected[c], sums[c], 1e-6 * (4 + rows));
    }
}
