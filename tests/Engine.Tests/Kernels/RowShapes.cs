using System.Collections;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Batch and units, for kernels without parents.</summary>
public sealed class RowShapes : IEnumerable<object[]>
{
    public IEnumerator<object[]> GetEnumerator()
    {
        for (int columns = 0; columns < 130; columns++) yield return [5, columns];
        foreach (int rows in new[] { 0, 1, 2, 15, 16, 17, 129 }) yield return [rows, 19];
        yield return [100, 784];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
