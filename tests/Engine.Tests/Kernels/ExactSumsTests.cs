using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Gradients of rounded errors: whatever the order of the sums, they are those of the reference to the last bit.</summary>
public class ExactSumsTests
{
    private static readonly double[] Densities = [0, 0.01, 0.175, 0.5, 1];

    /// <summary>What an example or an explanation may weigh in a batch of the given size.</summary>
    public static TheoryData<string> Weights() => ["one", "mean", "random", "one heavy", "just below a power of two"];

    [Theory]
    [MemberData(nameof(Weights))]
    public void Gradients_are_the_reference_bit_for_bit_in_every_shape(string kind)
    {
        BitMatrix x = new(0, 0);
        foreach ((int rows, int parents, int children) in OddShapes.All())
        {
            Matrix errors = ExactSums.Errors(Create(kind, rows), children, 1), gradient = new(parents, children);
            BitTranspose.Compute(Some.Bits(parents, rows, 3, Densities), x);
            BinaryOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);
            for (int k = 0; k < parents; k++)
            {
                for (int d = 0; d < children; d++) AreSame(BinaryOuterProduct.Reference(x, errors, k, d), gradient[k, d]);
            }

            HasReferenceColumnSums(errors);
        }
    }

    [Theory]
    [MemberData(nameof(Weights))]
    public void Whole_batches_of_saturated_units_are_summed_exactly(string kind)
    {
        for (int rows = 1; rows < 130; rows++)
        {
            float[] weights = Create(kind, rows);
            double step = ExactSums.Step(weights, rows);
            Matrix errors = new(rows, 3), gradient = new(5, 3);
            for (int r = 0; r < rows; r++)
            {
                // Columns that only climb, that only fall, and that take turns.
                float most = (float)(Math.Floor(Math.Abs(weights[r]) / step) * step);
                (errors[r, 0], errors[r, 1], errors[r, 2]) = (most, -most, r % 2 == 0 ? most : -most);
            }

            BitMatrix x = Some.Bits(rows, 5, 1, 1);
            BinaryOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);
            for (int d = 0; d < 3; d++) AreSame(BinaryOuterProduct.Reference(x, errors, 4, d), gradient[4, d]);
            HasReferenceColumnSums(errors);
        }
    }

    [Theory]
    [MemberData(nameof(Weights))]
    public void The_order_of_the_batch_its_division_and_the_threads_change_no_bit(string kind)
    {
        const int Rows = 100, Parents = 200, Children = 90;
        using WorkerTeam team = new(3);
        Matrix errors = ExactSums.Errors(Create(kind, Rows), Children, 1), expected = Gradient(Some.Bits(Rows, Parents, 2, Densities), errors);
        for (ulong seed = 0; seed < 10; seed++)
        {
            int[] order = new int[Rows];
            new RandomStream(new StreamKey(seed, StreamPurpose.Shuffle)).FillPermutation(order);
            int cut = (int)seed * 11;
            BitMatrix x = Some.Bits(Rows, Parents, 2, Densities);
            Matrix gradient = new(Parents, Children);
            foreach (int[] part in new[] { order[..cut], order[cut..] })
                BinaryOuterProduct.Accumulate(Choose(x, part), Choose(errors, part), gradient, team);
            Assert.Equal(expected.Flat.ToArray(), gradient.Flat.ToArray());
        }
    }

    private static Matrix Gradient(BitMatrix x, Matrix errors)
    {
        Matrix gradient = new(x.Columns, errors.Columns);
        BinaryOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single);
        return gradient;
    }

    private static BitMatrix Choose(BitMatrix x, int[] rows)
    {
        BitMatrix chosen = new(rows.Length, x.Columns);
        for (int r = 0; r < rows.Length; r++) x.Row(rows[r]).CopyTo(chosen.Row(r));
        return chosen;
    }

    private static Matrix Choose(Matrix values, int[] rows)
    {
        Matrix chosen = new(rows.Length, values.Columns);
        for (int r = 0; r < rows.Length; r++) values.Row(rows[r]).CopyTo(chosen.Row(r));
        return chosen;
    }

    private static void HasReferenceColumnSums(Matrix errors)
    {
        float[] sums = new float[errors.Columns];
        double[] expected = ColumnSums.Reference(errors);
        ColumnSums.Accumulate(errors, sums, WorkerTeam.Single);
        for (int d = 0; d < sums.Length; d++) AreSame(expected[d], sums[d]);
    }

    private static void AreSame(double expected, float actual)
    {
        if (actual != expected) Assert.Fail($"{actual:R}, expected {expected:R}");
    }

    internal static float[] Create(string kind, int rows)
    {
        float[] weights = Some.Floats(rows, 7, 3);
        for (int r = 0; r < rows; r++)
        {
            weights[r] = kind switch
            {
                "one" => 1,
                "mean" => 1f / rows,
                "one heavy" => r == rows / 2 ? 1 : 1e-4f,
                "just below a power of two" => MathF.BitDecrement(4f / rows),
                _ => weights[r],
            };
        }

        return weights;
    }
}
