using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Kernels;
using DreamViz.Engine.Tests.Models;
using MathNet.Numerics.Distributions;

namespace DreamViz.Engine.Tests.Estimators.Pathwise;

public class ConditionedNoiseTests
{
    private const int Rows = 40_000;

    private static readonly StreamKey Key = new(9, StreamPurpose.Relaxation, 3);

    private readonly HelmholtzMachine machine = TinyMachines.Create("3-2-2");

    [Fact]
    public void The_noise_makes_the_bits_that_were_drawn_and_so_does_its_partner()
    {
        MachineSample sample = Draw();
        ConditionedNoise noise = Condition(sample);
        for (int l = 1; l <= 2; l++)
        {
            for (int r = 0; r < Rows; r++)
            {
                for (int i = 0; i < 2; i++)
                {
                    Assert.Equal(sample.Bits(l)[r, i], sample.Recognition(l - 1).Logits[r, i] + noise.Noise[l - 1][r, i] > 0);
                    Assert.Equal(sample.Bits(l)[r, i], noise.Conditioned(l)[r, i] > 0);
                }
            }
        }
    }

    [Fact]
    public void Over_all_draws_the_noise_is_logistic_whatever_the_logits()
    {
        const int Cells = 50;
        MachineSample sample = Draw();
        ConditionedNoise noise = Condition(sample);
        for (int l = 1; l <= 2; l++)
        {
            for (int i = 0; i < 2; i++)
            {
                (double[] ofNoise, double[] ofPartner) = (new double[Cells], new double[Cells]);
                for (int r = 0; r < Rows; r++)
                {
                    double partner = noise.Conditioned(l)[r, i] - sample.Recognition(l - 1).Logits[r, i];
                    ofNoise[(int)(Cells * Sigmoid.Reference(noise.Noise[l - 1][r, i]))]++;
                    ofPartner[(int)(Cells * Sigmoid.Reference(partner))]++;
                }

                AreEven(ofNoise);
                AreEven(ofPartner);
            }
        }
    }

    [Fact]
    public void The_partner_moves_with_the_logits_as_its_slope_says()
    {
        const float H = 1f / 64;
        MachineSample sample = Draw();
        Matrix slopes = new(0, 0), above = new(0, 0), below = new(0, 0);
        slopes.CopyFrom(Condition(sample).Slopes(1));
        Move(H);
        above.CopyFrom(Condition(sample).Conditioned(1));
        Move(-2 * H);
        below.CopyFrom(Condition(sample).Conditioned(1));
        for (int r = 0; r < 1000; r++)
        {
            for (int i = 0; i < 2; i++) Assert.Equal((above[r, i] - below[r, i]) / (2 * H), slopes[r, i], 3e-4);
        }

        void Move(float step)
        {
            foreach (ref float logit in sample.Recognition(0).Logits.Flat) logit += step;
        }
    }

    private static void AreEven(double[] counts)
    {
        double expected = (double)Rows / counts.Length;
        double statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(ChiSquared.CDF(counts.Length - 1, statistic), 1e-4, 1 - 1e-4);
    }

    private MachineSample Draw()
    {
        var sample = new MachineSample(machine);
        machine.Recognition.Sample(sample, Some.Bits(Rows, 3, 1), 1, new StreamKey(4, StreamPurpose.Wake), WorkerTeam.Single);
        return sample;
    }

    private static ConditionedNoise Condition(MachineSample sample)
    {
        var noise = new ConditionedNoise(2);
        noise.Draw(sample, Key, WorkerTeam.Single);
        return noise;
    }
}
