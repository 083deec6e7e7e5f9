using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;
using MathNet.Numerics.Distributions;

namespace DreamViz.Engine.Tests.Kernels;

public class LogisticNoiseTests
{
    private static readonly StreamKey Key = new(7, StreamPurpose.Wake, 2, 1);

    [Fact]
    public void Is_the_logit_of_the_uniform_numbers_of_its_stream()
    {
        const int Rows = 40, Columns = 37;
        Matrix noise = new(0, 0);
        LogisticNoise.Fill(Rows, Columns, Key, noise, WorkerTeam.Single);
        float[] uniform = new float[noise.Stride];
        RandomStream stream = default;
        for (int r = 0; r < Rows; r++)
        {
            if (r % LogisticNoise.BlockRows == 0) stream = new RandomStream(Key with { Block = r / LogisticNoise.BlockRows });
            stream.FillUniform(uniform);
            for (int c = 0; c < Columns; c++)
            {
                double expected = LogisticNoise.Reference(uniform[c]);
                Assert.Equal(expected, noise[r, c], 3e-7 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Sign_turns_where_a_bernoulli_unit_would_and_the_whole_distribution_is_logistic()
    {
        const int Cells = 64;
        Matrix noise = new(0, 0);
        LogisticNoise.Fill(1 << 12, 33, Key, noise, WorkerTeam.Single);
        double[] counts = new double[Cells];
        for (int r = 0; r < noise.Rows; r++)
        {
            foreach (float n in noise.Row(r)) counts[(int)Math.Min(Cells - 1, Sigmoid.Reference(n) * Cells)]++;
        }

        double expected = noise.Rows * (double)noise.Columns / Cells;
        double statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(ChiSquared.CDF(Cells - 1, statistic), 5e-4, 1 - 5e-4);
    }

    [Fact]
    public void Stays_finite_where_the_uniform_number_is_zero_or_as_near_to_one_as_it_gets()
    {
        Assert.InRange(LogisticNoise.Reference(0), -17.4, -17);
        Assert.InRange(LogisticNoise.Reference(1 - 1.0 / (1 << 24)), 16, 17.4);
    }

    [Fact]
    public void Any_number_of_threads_draws_the_same()
    {
        using WorkerTeam team = new(3);
        Matrix alone = new(0, 0), shared = new(0, 0);
        LogisticNoise.Fill(333, 200, Key, alone, WorkerTeam.Single);
        LogisticNoise.Fill(333, 200, Key, shared, team);
        Assert.Equal(alone.Flat.ToArray(), shared.Flat.ToArray());
    }
}
