using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Operands for kernel tests, from fixed streams.</summary>
internal static class Some
{
    /// <summary>No element drawn with deviation 1 is larger.</summary>
    public const double Largest = 1.7321;

    public static Matrix Matrix(int rows, int columns, ulong seed, float deviation = 1)
    {
        Matrix matrix = new(rows, columns);
        RandomStream stream = new(new StreamKey(seed, StreamPurpose.Data));
        for (int r = 0; r < rows; r++) Fill(matrix.Row(r), ref stream, deviation);
        return matrix;
    }

    /// <summary>As <see cref="Matrix"/>, with large numbers in the padding.</summary>
    public static Matrix MatrixWithDirtyPadding(int rows, int columns, ulong seed, float deviation = 1)
    {
        Matrix matrix = Matrix(rows, columns, seed, deviation);
        for (int r = 0; r < rows; r++) matrix.PaddedRow(r)[columns..].Fill(1e20f);
        return matrix;
    }

    public static float[] Floats(int count, ulong seed, float deviation = 1)
    {
        float[] values = new float[count];
        RandomStream stream = new(new StreamKey(seed, StreamPurpose.Data, 1));
        Fill(values, ref stream, deviation);
        return values;
    }

    /// <summary>As <see cref="Matrix"/>, rounded to multiples of 2⁻⁶: sums of up to a thousand products are exact.</summary>
    public static Matrix Steps(int rows, int columns, ulong seed)
    {
        Matrix matrix = MatrixWithDirtyPadding(rows, columns, seed);
        for (int r = 0; r < rows; r++) Round(matrix.Row(r));
        return matrix;
    }

    /// <summary>As <see cref="Floats"/>, rounded to multiples of 2⁻⁶.</summary>
    public static float[] Steps(int count, ulong seed)
    {
        float[] values = Floats(count, seed);
        Round(values);
        return values;
    }

    /// <summary>Bits, on with the given probability; of several, the rows take one after the other.</summary>
    public static BitMatrix Bits(int rows, int columns, ulong seed, params double[] densities)
    {
        BitMatrix bits = new(rows, columns);
        float[] uniform = new float[columns];
        RandomStream stream = new(new StreamKey(seed, StreamPurpose.Data, 2));
        for (int r = 0; r < rows; r++)
        {
            double density = densities.Length == 0 ? 0.5 : densities[r % densities.Length];
            stream.FillUniform(uniform);
            for (int c = 0; c < columns; c++) bits[r, c] = uniform[c] < density;
        }

        return bits;
    }

    /// <summary>Documents in which about a third of the words occur, up to nine times; some may be empty.</summary>
    public static CountMatrix Documents(int rows, int words, ulong seed)
    {
        CountMatrix documents = new(words);
        float[] uniform = new float[words];
        RandomStream stream = new(new StreamKey(seed, StreamPurpose.Data, 3));
        for (int r = 0; r < rows; r++)
        {
            stream.FillUniform(uniform);
            int[] present = [.. Enumerable.Range(0, words).Where(word => uniform[word] < 0.3)];
            documents.Append(present, [.. present.Select(word => 1 + (int)(uniform[word] * 30))]);
        }

        return documents;
    }

    public static bool[] Row(BitMatrix bits, int row)
    {
        bool[] values = new bool[bits.Columns];
        for (int c = 0; c < values.Length; c++) values[c] = bits[row, c];
        return values;
    }

    public static void HasZeroPadding(Matrix matrix)
    {
        for (int r = 0; r < matrix.Rows; r++) Assert.False(matrix.PaddedRow(r)[matrix.Columns..].ContainsAnyExcept(0f));
    }

    public static void HasZeroPadding(BitMatrix bits)
    {
        if (bits.Columns % 64 == 0) return;
        for (int r = 0; r < bits.Rows; r++) Assert.Equal(0UL, bits.Row(r)[^1] >> bits.Columns);
    }

    private static void Round(Span<float> values)
    {
        foreach (ref float value in values) value = MathF.Round(value * 64) / 64;
    }

    // Uniform, so that no system's logarithm or cosine comes into the operands.
    private static void Fill(Span<float> values, ref RandomStream stream, float deviation)
    {
        stream.FillUniform(values);
        foreach (ref float value in values) value = (value - 0.5f) * 3.4641016f * deviation;
    }
}
