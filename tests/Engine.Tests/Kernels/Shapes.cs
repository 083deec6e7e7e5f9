using System.Collections;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Batch, parents, children: empty, odd, below, at and above the kernels' block sizes.</summary>
public sealed class Shapes : IEnumerable<object[]>
{
    private static readonly int[] Rows = [0, 1, 5, 6, 17, 65];
    private static readonly int[] Parents = [0, 1, 4, 7, 33, 64, 129];
    private static readonly int[] Children = [0, 1, 8, 12, 33, 64, 129];

    public IEnumerator<object[]> GetEnumerator()
    {
        foreach (int b in Rows)
            foreach (int k in Parents)
                foreach (int d in Children) yield return [b, k, d];
        yield return [130, 300, 40];
        yield return [30, 784, 100];
        yield return [100, 40, 784];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
