namespace DreamViz.Engine.Kernels;

/// <summary>t(c) = log(1 + c): how strongly a word that occurs c times enters a network. The second occurrence says less than
/// the first, and a long document does not saturate every unit.</summary>
/// <remarks>Measured on 20 Newsgroups against c itself: docs/topic-model.md. Computed in double and rounded once.</remarks>
public static class CountScale
{
    private static readonly float[] Table = [.. Enumerable.Range(0, 1024).Select(c => (float)Reference(c))];

    /// <summary>t(c).</summary>
    public static float Of(int count) => count < Table.Length ? Table[count] : (float)Reference(count);

    /// <summary>The definition, in double.</summary>
    public static double Reference(double count) => Math.Log(1 + count);
}
