using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Training;

/// <summary>Small datasets made from numbers: bit i of a number is unit i.</summary>
internal static class TinyData
{
    /// <summary>Every bar and pair of bars of a square: vertical or horizontal, never both.</summary>
    public static Dataset Bars(int side)
    {
        List<int> numbers = [];
        for (int lines = 1; lines < 1 << side; lines++)
        {
            int vertical = 0, horizontal = 0;
            for (int i = 0; i < side * side; i++)
            {
                vertical |= (lines >> i % side & 1) << i;
                horizontal |= (lines >> i / side & 1) << i;
            }

            numbers.Add(vertical);
            numbers.Add(horizontal);
        }

        return Of(side, side, [.. numbers]);
    }

    public static Dataset Of(int width, int height, params int[] numbers)
    {
        Examples examples = Examples(width * height, numbers);
        return new Dataset
        {
            Name = "tiny",
            Width = width,
            Height = height,
            Training = examples,
            Validation = Examples(width * height, []),
            Test = examples,
        };
    }

    public static Examples Examples(int units, int[] numbers)
    {
        var bits = new BitMatrix(numbers.Length, units);
        for (int r = 0; r < numbers.Length; r++) bits.Row(r)[0] = (ulong)numbers[r];
        return new BitExamples(bits);
    }
}
