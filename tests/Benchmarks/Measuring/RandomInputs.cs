using DreamViz.Engine.Data.BuiltIn;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Measuring;

/// <summary>Matrices of independent random numbers, the same in every run.</summary>
internal static class RandomInputs
{
    /// <summary>[rows, columns] independent bits, each on with this probability.</summary>
    public static BitMatrix Bits(int rows, int columns, double density, int number = 0)
    {
        BitMatrix bits = new(rows, columns);
        BitSource random = new(new StreamKey(1, StreamPurpose.Data, number));
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) bits[r, c] = random.Next(density);
        return bits;
    }

    /// <summary>[rows, columns] normal numbers of mean 0 and this standard deviation; the padding is zero.</summary>
    public static Matrix Normal(int rows, int columns, double deviation, int number = 0)
    {
        Matrix values = new(rows, columns);
        RandomStream random = new(new StreamKey(1, StreamPurpose.Initialization, number));
        for (int r = 0; r < rows; r++) random.FillNormal(values.Row(r), deviation);
        return values;
    }
}
