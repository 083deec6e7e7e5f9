using System.Globalization;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.BuiltIn;

/// <summary>The bars problem: every row and every column of a square is a bar, on with probability p, independently; a pixel
/// is on where a bar is. Without a given p, p = 1 / size, two bars to a picture on average.</summary>
/// <remarks>Source: Földiák, "Forming sparse representations by local anti-Hebbian learning", 1990.</remarks>
internal static class Bars
{
    public static BuiltInData Entry { get; } = new(
        "bars", "bars[:SIZE[:P]]", "horizontal and vertical bars, each on with probability P", "generated", Open);

    private static Dataset Open(DataParameters parameters, DataOptions options)
    {
        parameters.CheckCount(2);
        int size = parameters.Integer(0, fallback: 4, least: 2, most: 32);
        double p = parameters.Probability(1, fallback: 1.0 / size);
        string name = string.Create(CultureInfo.InvariantCulture, $"Bars {size}×{size}, p = {p:0.####}");
        return Generated.Create(name, size, size, labeled: false, options, Draw);

        int Draw(ref BitSource random, BitMatrix pictures, int n)
        {
            for (int bar = 0; bar < size; bar++)
            {
                if (random.Next(p)) Paint(pictures, n, bar * size, 1, size);
                if (random.Next(p)) Paint(pictures, n, bar, size, size);
            }

            return 0;
        }
    }

    private static void Paint(BitMatrix pictures, int n, int first, int stride, int length)
    {
        for (int i = 0; i < length; i++) pictures[n, first + i * stride] = true;
    }
}
