using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Measuring;

/// <summary>Data of 28×28 pixels with 17.5% ones, as dense as binarized handwriting usually is; needs no file.</summary>
internal static class BenchmarkData
{
    /// <summary>Pixels to a side.</summary>
    public const int Side = 28;

    /// <summary>D.</summary>
    public const int Units = Side * Side;

    /// <summary>The share of ones.</summary>
    public const double Density = 0.175;

    private const int RandomCount = 2000;
    private const int Margin = 4;

    /// <summary>Independent random bits: for a kernel the least regular data there is.</summary>
    public static Dataset Noise() => Create("noise", RandomInputs.Bits(RandomCount, Units, Density));

    /// <summary>The built-in handwritten digits, enlarged to 20×20 within a margin, on above the intensity that leaves 17.5%
    /// ones.</summary>
    public static Dataset Digits()
    {
        double[][] pictures = [.. DigitIntensities().Select(Enlarge)];
        double[] sorted = [.. pictures.SelectMany(picture => picture).Order()];
        double threshold = sorted[(int)(sorted.Length * (1 - Density))];
        BitMatrix bits = new(pictures.Length, Units);
        for (int n = 0; n < pictures.Length; n++)
            for (int i = 0; i < Units; i++) bits[n, i] = pictures[n][i] >= threshold;
        return Create("digits", bits);
    }

    /// <summary>[rows, 784] the first training examples of a dataset.</summary>
    public static BitMatrix First(Dataset data, int rows)
    {
        BitMatrix bits = new(rows, data.Units);
        data.Training.Read([.. Enumerable.Range(0, rows)], seed: 1, epoch: 0, bits);
        return bits;
    }

    private static Dataset Create(string name, BitMatrix training) => new()
    {
        Name = name,
        Width = Side,
        Height = Side,
        Training = new BitExamples(training),
        Validation = new BitExamples(new BitMatrix(0, Units)),
        Test = new BitExamples(new BitMatrix(0, Units)),
    };

    /// <summary>[N][8 · 8] intensities 0 … 16: the number of thresholds that a pixel passes.</summary>
    private static double[][] DigitIntensities()
    {
        double[][] sums = [];
        for (int level = 1; level <= 16; level++)
        {
            DataOptions options = new() { Binarization = BinarizationKind.Threshold, Threshold = level / 16.0 };
            Dataset data = DataCatalog.Open("digits", options);
            BitMatrix bits = First(data, data.Training.Count);
            if (level == 1) sums = [.. Enumerable.Range(0, bits.Rows).Select(_ => new double[bits.Columns])];
            for (int n = 0; n < bits.Rows; n++)
                for (int i = 0; i < bits.Columns; i++) sums[n][i] += bits[n, i] ? 1 : 0;
        }

        return sums;
    }

    /// <summary>[28 · 28] a picture of 8×8, linear between its pixels, zero in the margin.</summary>
    private static double[] Enlarge(double[] small)
    {
        const int From = 8, To = Side - 2 * Margin;
        double[] large = new double[Units];
        for (int y = 0; y < To; y++)
            for (int x = 0; x < To; x++)
            {
                double u = x * (From - 1.0) / (To - 1), v = y * (From - 1.0) / (To - 1);
                int left = Math.Min((int)u, From - 2), top = Math.Min((int)v, From - 2);
                double upper = Mix(small[top * From + left], small[top * From + left + 1], u - left);
                double lower = Mix(small[(top + 1) * From + left], small[(top + 1) * From + left + 1], u - left);
                large[(y + Margin) * Side + x + Margin] = Mix(upper, lower, v - top);
            }

        return large;
    }

    private static double Mix(double a, double b, double share) => a + (b - a) * share;
}
