using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class BernoulliResidualTests
{
    [Fact]
    public void Is_the_reference_for_bits_and_for_real_numbers_in_every_shape_with_zeros_behind_the_last_column()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            BitMatrix bits = Some.Bits(rows, columns, 1);
            Matrix y = Some.MatrixWithDirtyPadding(rows, columns, 2), logits = Some.MatrixWithDirtyPadding(rows, columns, 3, 6);
            Matrix ofBits = Some.MatrixWithDirtyPadding(rows, columns, 4), ofNumbers = Some.MatrixWithDirtyPadding(rows, columns, 4);
            BernoulliResidual.Compute(bits, logits, ofBits, WorkerTeam.Single);
            BernoulliResidual.Compute(y, logits, ofNumbers, WorkerTeam.Single);
            Close.Matrix((r, c) => BernoulliResidual.Reference(bits[r, c] ? 1 : 0, logits[r, c]), ofBits, 2e-7);
            Close.Matrix((r, c) => BernoulliResidual.Reference(y[r, c], logits[r, c]), ofNumbers, 3e-7);
            for (int r = 0; r < rows; r++)
            {
                Assert.Equal(0, ofBits.PaddedRow(r)[columns..].ToArray().Sum());
                Assert.Equal(0, ofNumbers.PaddedRow(r)[columns..].ToArray().Sum());
            }
        }
    }

    [Fact]
    public void With_log_probabilities_both_are_to_the_bit_what_they_are_alone()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            BitMatrix bits = Some.Bits(rows, columns, 1);
            Matrix logits = Some.MatrixWithDirtyPadding(rows, columns, 3, 6), alone = new(0, 0), both = new(0, 0);
            float[] expected = Some.Floats(rows, 5), result = Some.Floats(rows, 5);
            BernoulliResidual.Compute(bits, logits, alone, WorkerTeam.Single);
            BernoulliLogProbability.Accumulate(bits, logits, expected, WorkerTeam.Single);
            BernoulliResidual.Compute(bits, logits, both, result, WorkerTeam.Single);
            Assert.Equal(expected, result);
            Assert.Equal(alone.Flat.ToArray(), both.Flat.ToArray());
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        Matrix logits = new(3, 4), result = new(0, 0);
        Assert.Throws<ArgumentException>(() => BernoulliResidual.Compute(new BitMatrix(2, 4), logits, result, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => BernoulliResidual.Compute(new Matrix(3, 5), logits, result, WorkerTeam.Single));
    }
}
