using System.Collections;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Batch, parents, children: empty, odd, below, at and above the kernels' block sizes.</summary>
public sealed class Shapes : IEnumerable<object[]>
{
    private static readonly int[] Rows = [0, 1, 3, 16, 17, 100];
    private static readonly int[] Parents = [0, 1, 4, 7, 31, 64, 65, 129];
    private static readonly int[] Children = [0, 1, 5, 8, 12, 16, 33, 63, 64, 100, 129];

    public IEnumerator<object[]> GetEnumerator()
    {
        foreach (int b in Rows)
            foreach (int k in Parents)
                foreach (int d in Children) yield return [b, k, d];
        yield return [130, 300, 40];
        yield return [40, 784, 200];
        yield return [300, 40, 784];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
