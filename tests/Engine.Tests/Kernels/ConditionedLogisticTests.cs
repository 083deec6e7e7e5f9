using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class ConditionedLogisticTests
{
    private static readonly StreamKey First = new(3, StreamPurpose.Relaxation, 1), Second = new(3, StreamPurpose.Relaxation, 2);

    [Fact]
    public void Is_the_reference_in_every_shape()
    {
        foreach ((int rows, int columns) in OddShapes.Planes()) Holds(Some.Bits(rows, columns, 1), Some.MatrixWithDirtyPadding(rows, columns, 2, 6));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    [InlineData(90)]
    [InlineData(-90)]
    public void Stays_near_the_reference_where_the_bit_is_certain(float logit)
    {
        Matrix logits = new(4, 37);
        logits.Flat.Fill(logit);
        Holds(Some.Bits(4, 37, 1), logits);
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit() => Assert.Throws<ArgumentException>(() => ConditionedLogistic.Draw(
        new BitMatrix(2, 4), new Matrix(3, 4), First, Second, new Matrix(0, 0), new Matrix(0, 0), new Matrix(0, 0), WorkerTeam.Single));

    private static void Holds(BitMatrix bits, Matrix logits)
    {
        (int rows, int columns) = (logits.Rows, logits.Columns);
        Matrix w = new(0, 0), other = new(0, 0), noise = new(0, 0), conditioned = new(0, 0), slopes = new(0, 0);
        LogisticNoise.Fill(rows, columns, First, w, WorkerTeam.Single);
        LogisticNoise.Fill(rows, columns, Second, other, WorkerTeam.Single);
        ConditionedLogistic.Draw(bits, logits, First, Second, noise, conditioned, slopes, WorkerTeam.Single);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double free = ConditionedLogistic.Reference(bits[r, c], logits[r, c], w[r, c]).Value;
                (double z, double slope) = ConditionedLogistic.Reference(bits[r, c], logits[r, c], other[r, c]);
                double largest = Math.Max(1, Math.Abs(logits[r, c]));
                Assert.Equal(free - logits[r, c], noise[r, c], 1e-6 * Math.Max(largest, Math.Abs(free)));
                Assert.Equal(z, conditioned[r, c], 1e-6 * Math.Max(largest, Math.Abs(z)));
                Assert.Equal(slope, slopes[r, c], 5e-7);
            }
        }
    }
}
