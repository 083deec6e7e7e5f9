using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Comparisons of a kernel's results with its reference in double.</summary>
internal static class Close
{
    private const double HalfUlp = 1.0 / (1 << 24);

    /// <summary>The most by which a float sum, of terms rounded once each and added in any order, can be off: every term passes
    /// through at most as many roundings as there are terms.</summary>
    public static double Rounding(int terms, double largest) => 1.001 * terms * terms * largest * HalfUlp;

    /// <summary>Fails where an element of the matrix is further than the bound from its reference (row, column).</summary>
    public static void Matrix(Func<int, int, double> reference, Matrix actual, double bound)
    {
        for (int r = 0; r < actual.Rows; r++)
        {
            Span<float> row = actual.Row(r);
            for (int c = 0; c < row.Length; c++)
            {
                double expected = reference(r, c);
                if (!Is(expected, row[c], bound))
                    Assert.Fail($"[{actual.Rows}, {actual.Columns}] at {r}, {c}: {row[c]}, expected {expected} ± {bound}");
            }
        }
    }

    /// <summary>Fails where an element is further from its reference than its own bound.</summary>
    public static void Span(Func<int, double> reference, ReadOnlySpan<float> actual, Func<int, double> bound)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            double expected = reference(i);
            if (!Is(expected, actual[i], bound(i)))
                Assert.Fail($"[{actual.Length}] at {i}: {actual[i]}, expected {expected} ± {bound(i)}");
        }
    }

    // Infinities and NaN have to be there exactly; a double beyond the floats rounds to their infinity.
    private static bool Is(double expected, float actual, double bound) =>
        float.IsFinite((float)expected) ? Math.Abs(actual - expected) <= bound : ((float)expected).Equals(actual);
}
