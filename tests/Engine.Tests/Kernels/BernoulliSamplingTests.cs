using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BernoulliSamplingTests
{
    private static readonly StreamKey Key = new(11, StreamPurpose.Sleep, 3, 1);

    [Theory]
    [ClassData(typeof(RowShapes))]
    public void Draws_the_reference_bits(int rows, int columns)
    {
        Matrix logits = Some.MatrixWithDirtyPadding(rows, columns, 1, 3);
        BitMatrix bits = Some.Bits(rows + 1, columns + 70, 2), expected = new(0, 0);
        BernoulliSampling.Sample(logits, Key, bits, WorkerTeam.Single);
        BernoulliSampling.Reference(logits, Key, expected);
        Assert.Equal((rows, columns), (bits.Rows, bits.Columns));
        Some.HasZeroPadding(bits);
        int differences = 0;
        for (int i = 0; i < bits.Words.Length; i++)
            differences += System.Numerics.BitOperations.PopCount(bits.Words[i] ^ expected.Words[i]);

        // Float and double may part only where u falls within rounding of the probability.
        Assert.InRange(differences, 0, rows * columns > 10_000 ? 1 : 0);
    }

    [Theory]
    [InlineData(float.NegativeInfinity, false)]
    [InlineData(-1e4f, false)]
    [InlineData(1e4f, true)]
    [InlineData(float.PositiveInfinity, true)]
    public void Saturated_units_never_flip(float logit, bool expected)
    {
        Matrix logits = new(1000, 64);
        logits.Flat.Fill(logit);
        BitMatrix bits = new(0, 0);
        BernoulliSampling.Sample(logits, Key, bits, WorkerTeam.Single);
        Assert.Equal(expected ? 64_000 : 0, bits.CountOnes());
    }

    [Fact]
    public void Each_unit_is_on_with_probability_sigmoid_of_its_logit()
    {
        const int Rows = 40_000, Columns = 19;
        BitMatrix bits = SampleRepeated(Some.Floats(Columns, 5, 2), Rows, out float[] logits);
        for (int c = 0; c < Columns; c++)
        {
            double p = Sigmoid.Reference(logits[c]), on = 0;
            for (int r = 0; r < Rows; r++) on += bits[r, c] ? 1 : 0;
            double chiSquare = Square(on - Rows * p) / (Rows * p * (1 - p));

            // One degree of freedom: exceeded with probability 1e-5.
            Assert.InRange(chiSquare, 0, 19.5);
        }
    }

    [Fact]
    public void Every_pair_of_units_is_independent_within_a_row_and_from_row_to_row()
    {
        const int Rows = 20_000, Columns = 19;
        BitMatrix bits = SampleRepeated(Some.Floats(Columns, 6, 1), Rows, out float[] logits);
        foreach (int lag in new[] { 0, 1, 16 })
        {
            for (int i = 0; i < Columns; i++)
            {
                for (int j = lag == 0 ? i + 1 : 0; j < Columns; j++)
                    Assert.InRange(IndependenceChiSquare(bits, i, j, lag, logits), 0, 32);
            }
        }
    }

    [Fact]
    public void The_bits_of_a_row_do_not_depend_on_the_rows_after_it()
    {
        Matrix logits = Some.Matrix(50, 30, 1), fewer = new(23, 30);
        for (int r = 0; r < 23; r++) logits.Row(r).CopyTo(fewer.Row(r));
        BitMatrix all = new(0, 0), some = new(0, 0);
        BernoulliSampling.Sample(logits, Key, all, WorkerTeam.Single);
        BernoulliSampling.Sample(fewer, Key, some, WorkerTeam.Single);
        Assert.Equal(all.Words[..23].ToArray(), some.Words.ToArray());
    }

    [Fact]
    public void A_block_of_rows_draws_from_the_key_with_its_number_added()
    {
        Matrix logits = Some.Matrix(40, 30, 1), later = new(8, 30);
        for (int r = 0; r < 8; r++) logits.Row(32 + r).CopyTo(later.Row(r));
        BitMatrix all = new(0, 0), block = new(0, 0);
        BernoulliSampling.Sample(logits, Key with { Block = 5 }, all, WorkerTeam.Single);
        BernoulliSampling.Sample(later, Key with { Block = 7 }, block, WorkerTeam.Single);
        Assert.Equal(all.Words[32..].ToArray(), block.Words.ToArray());
    }

    private static BitMatrix SampleRepeated(float[] row, int rows, out float[] logits)
    {
        Matrix repeated = new(rows, row.Length);
        for (int r = 0; r < rows; r++) row.CopyTo(repeated.Row(r));
        BitMatrix bits = new(0, 0);
        BernoulliSampling.Sample(repeated, Key, bits, WorkerTeam.Single);
        logits = row;
        return bits;
    }

    // Three degrees of freedom, expectations known: above 32 with probability 5e-7.
    private static double IndependenceChiSquare(BitMatrix bits, int i, int j, int lag, float[] logits)
    {
        double[] counts = new double[4];
        int n = bits.Rows - lag;
        for (int r = 0; r < n; r++) counts[(bits[r, i] ? 2 : 0) + (bits[r + lag, j] ? 1 : 0)]++;
        double p = Sigmoid.Reference(logits[i]), q = Sigmoid.Reference(logits[j]), chiSquare = 0;
        double[] expected = [(1 - p) * (1 - q), (1 - p) * q, p * (1 - q), p * q];
        for (int cell = 0; cell < 4; cell++)
            chiSquare += Square(counts[cell] - n * expected[cell]) / (n * expected[cell]);
        return chiSquare;
    }

    private static double Square(double x) => x * x;
}
