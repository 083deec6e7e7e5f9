namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Batch, parents and children of products: empty, prime, powers of two and their neighbors.</summary>
internal static class OddShapes
{
    private static readonly int[] Sizes =
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 97, 127, 128, 129];

    /// <summary>Every pair of sizes in every two places, every length from 0 to 129 in every place, and some as large as in
    /// use.</summary>
    public static IEnumerable<(int Rows, int Parents, int Children)> All()
    {
        for (int i = 0; i < Sizes.Length; i++)
        {
            for (int j = 0; j < Sizes.Length; j++) yield return (Sizes[i], Sizes[j], Sizes[(i + j) % Sizes.Length]);
        }

        for (int n = 0; n < 130; n++)
        {
            yield return (n, 37, 21);
            yield return (21, n, 37);
            yield return (37, 21, n);
        }

        yield return (130, 300, 40);
        yield return (30, 784, 100);
        yield return (100, 40, 784);
    }

    /// <summary>Batch and units, for kernels without parents: the same sizes in pairs, every length of both, and as in use.</summary>
    public static IEnumerable<(int Rows, int Columns)> Planes()
    {
        foreach (int rows in Sizes)
        {
            foreach (int columns in Sizes) yield return (rows, columns);
        }

        for (int n = 0; n < 130; n++)
        {
            yield return (n, 19);
            yield return (5, n);
        }

        yield return (100, 784);
    }
}
