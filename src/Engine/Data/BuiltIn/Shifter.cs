using System.Globalization;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.BuiltIn;

/// <summary>The shifter problem: a row of 8 random pixels, each on with probability p, and the same row shifted by one to
/// the left (label 0) or to the right (label 1), with wrap-around; of 4 rows the upper two show the one, the lower two the
/// other.</summary>
/// <remarks>Source: Dayan, Hinton, Neal and Zemel, "The Helmholtz machine", 1995.</remarks>
internal static class Shifter
{
    private const int Width = 8;

    public static BuiltInData Entry { get; } = new(
        "shifter", "shifter[:ROWS[:P]]", "a random row, and the row shifted left or right", "generated", Open);

    private static Dataset Open(DataParameters parameters, DataOptions options)
    {
        parameters.CheckCount(2);
        int rows = parameters.Even(0, fallback: 4, least: 2, most: 8);
        double p = parameters.Probability(1, fallback: 0.2);
        string name = string.Create(CultureInfo.InvariantCulture, $"Shifter {Width}×{rows}, p = {p:0.####}");
        return Generated.Create(name, Width, rows, labeled: true, options, Draw);

        int Draw(ref BitSource random, BitMatrix pictures, int n)
        {
            bool right = random.Next(0.5);
            for (int column = 0; column < Width; column++)
            {
                if (!random.Next(p)) continue;
                int shifted = (column + (right ? 1 : Width - 1)) % Width;
                for (int row = 0; row < rows / 2; row++)
                {
                    pictures[n, row * Width + column] = true;
                    pictures[n, (rows / 2 + row) * Width + shifted] = true;
                }
            }

            return right ? 1 : 0;
        }
    }
}
