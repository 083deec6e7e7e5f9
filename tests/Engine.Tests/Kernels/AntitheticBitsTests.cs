using DreamViz.Engine.Estimators.Antithetic;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class AntitheticBitsTests
{
    private const int GroupRows = 3, Branch = 2;

    private static readonly StreamKey Key = new(6, StreamPurpose.Antithetic, 1);

    [Fact]
    public void Follow_from_bit_probability_and_the_uniform_numbers_of_their_stream_in_every_shape()
    {
        foreach ((int groups, int columns) in OddShapes.Planes())
        {
            BitMatrix bits = Some.Bits(groups * GroupRows, columns, 1), drawn = new(0, 0);
            Matrix logits = Some.MatrixWithDirtyPadding(groups * GroupRows, columns, 2, 3), noise = new(0, 0);
            drawn.CopyFrom(bits);
            AntitheticBits.Draw(bits, logits, GroupRows, Branch, Key, noise, WorkerTeam.Single);
            float[] uniform = new float[(columns + 7) / 8 * 8];
            RandomStream stream = default;
            for (int g = 0; g < groups; g++)
            {
                if (g % AntitheticBits.BlockGroups == 0) stream = new RandomStream(Key with { Block = g / AntitheticBits.BlockGroups });
                stream.FillUniform(uniform);
                int row = g * GroupRows;
                Assert.Equal(drawn.Row(row), bits.Row(row));
                Assert.Equal(drawn.Row(row + 1), bits.Row(row + 1));
                for (int c = 0; c < columns; c++)
                {
                    double p = Sigmoid.Reference(logits[row, c]), u = AntitheticBits.Reference(drawn[row, c], logits[row, c], uniform[c]);
                    Assert.Equal(u, noise[g, c], 3e-7);
                    if (Math.Abs(1 - u - p) > 1e-6) Assert.Equal(1 - u < p, bits[row + Branch, c]);
                }
            }

            Some.HasZeroPadding(bits);
        }
    }

    [Fact]
    public void Say_of_logits_what_disarm_defines_in_every_shape()
    {
        foreach ((int groups, int columns) in OddShapes.Planes())
        {
            BitMatrix bits = Some.Bits(groups * GroupRows, columns, 1);
            Matrix logits = Some.MatrixWithDirtyPadding(groups * GroupRows, columns, 2, 3), errors = Some.MatrixWithDirtyPadding(groups, columns, 3);
            float[] weights = Some.Floats(groups * GroupRows, 4);
            AntitheticBits.ComputeScores(bits, logits, GroupRows, Branch, weights, errors, WorkerTeam.Single);
            Close.Matrix(
                (g, c) => weights[g * GroupRows]
                    * DisArm.Score(bits[g * GroupRows, c], bits[g * GroupRows + Branch, c], logits[g * GroupRows, c]),
                errors,
                2e-7 * Some.Largest);
            Some.HasZeroPadding(errors);
        }
    }

    [Fact]
    public void Refuse_shapes_that_do_not_fit()
    {
        Matrix logits = new(6, 4);
        Assert.Throws<ArgumentException>(
            () => AntitheticBits.Draw(new BitMatrix(5, 4), logits, 3, 1, Key, null, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(
            () => AntitheticBits.Draw(new BitMatrix(6, 4), logits, 3, 3, Key, null, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(
            () => AntitheticBits.ComputeScores(new BitMatrix(6, 4), logits, 3, 1, new float[2], new Matrix(0, 0), WorkerTeam.Single));
    }
}
