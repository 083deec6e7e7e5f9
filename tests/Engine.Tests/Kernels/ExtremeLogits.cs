using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Logits at which a kernel may lose its way: zeros of both signs, tiny, saturated, where e^a over- and underflows in
/// single precision, close to the largest number, and infinite.</summary>
internal static class ExtremeLogits
{
    public static float[] All { get; } =
    [
        .. new[]
        {
            0, float.Epsilon, 1e-38f, 1e-30f, 1e-7f, 0.5f, 1, 8, 16.7f, 20, 87.3f, 87.8f, 88, 88.8f, 89, 103.9f, 104, 1e4f, 3e38f,
            float.PositiveInfinity,
        }.SelectMany(a => new[] { a, -a }),
    ];

    /// <summary>In every width up to 129, all of them: a row of each alone, and rows where they follow one another.</summary>
    public static IEnumerable<Matrix> Matrices()
    {
        for (int columns = 1; columns < 130; columns++)
        {
            Matrix alone = Some.MatrixWithDirtyPadding(All.Length, columns, 1), mixed = Some.MatrixWithDirtyPadding(All.Length, columns, 1);
            for (int r = 0; r < All.Length; r++)
            {
                alone.Row(r).Fill(All[r]);
                for (int c = 0; c < columns; c++) mixed[r, c] = All[(r + c) % All.Length];
            }

            yield return alone;
            yield return mixed;
        }
    }
}
