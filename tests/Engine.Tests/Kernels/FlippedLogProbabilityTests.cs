using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class FlippedLogProbabilityTests
{
    [Fact]
    public void Is_the_reference_in_every_shape_whatever_the_padding_of_logits_holds()
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            const int Parents = 5;
            Matrix logits = Some.MatrixWithDirtyPadding(rows, columns, 2, 6), weights = Some.Matrix(Parents, columns, 3, 2), changes = new(0, 0);
            BitMatrix bits = Some.Bits(rows, columns, 1), parents = Some.Bits(rows, Parents, 4);
            FlippedLogProbability.Compute(bits, logits, parents, weights, changes, WorkerTeam.Single);
            for (int r = 0; r < rows; r++)
            {
                bool[] b = [.. Enumerable.Range(0, columns).Select(i => bits[r, i])];
                for (int j = 0; j < Parents; j++)
                {
                    double bound = 1e-6;
                    for (int i = 0; i < columns; i++) bound += 3e-7 * Math.Max(1, Math.Abs(logits[r, i]) + Math.Abs(weights[j, i]));
                    Assert.Equal(FlippedLogProbability.Reference(b, logits.Row(r), parents[r, j], weights.Row(j)), changes[r, j], bound);
                }
            }
        }
    }

    [Fact]
    public void A_parent_without_weight_changes_nothing_at_all()
    {
        Matrix logits = Some.Matrix(4, 150, 1, 9), changes = new(0, 0);
        FlippedLogProbability.Compute(Some.Bits(4, 150, 2), logits, Some.Bits(4, 3, 3), new Matrix(3, 150), changes, WorkerTeam.Single);
        Assert.All(changes.Flat.ToArray(), change => Assert.Equal(0, change));
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        Matrix logits = new(3, 4), weights = new(2, 4), to = new(0, 0);
        BitMatrix bits = new(3, 4), parents = new(3, 2);
        Assert.Throws<ArgumentException>(() => FlippedLogProbability.Compute(new(2, 4), logits, parents, weights, to, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => FlippedLogProbability.Compute(new(3, 5), logits, parents, weights, to, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => FlippedLogProbability.Compute(bits, logits, new(2, 2), weights, to, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => FlippedLogProbability.Compute(bits, logits, new(3, 3), weights, to, WorkerTeam.Single));
        Assert.Throws<ArgumentException>(() => FlippedLogProbability.Compute(bits, logits, parents, new(2, 5), to, WorkerTeam.Single));
    }
}
