using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Tests.Estimators.Gaussian;

namespace DreamViz.Engine.Tests.Models;

public class GaussianLayerTests
{
    [Fact]
    public void The_divergence_is_that_found_by_quadrature()
    {
        (double[] points, double[] weights) = GaussianReference.Nodes(24);
        foreach (double mean in new[] { -2.5, 0, 0.3 })
        {
            foreach (double logDeviation in new[] { -2.9, -0.5, 0, 1.2 })
            {
                double exact = points.Zip(weights, (e, w) =>
                {
                    double g = mean + Math.Exp(logDeviation) * e;
                    return w * (GaussianLayer.LogDensity(g, mean, logDeviation) - GaussianLayer.LogDensity(g, 0, 0));
                }).Sum();
                Assert.Equal(exact, GaussianLayer.Divergence(mean, logDeviation), 1e-8);
            }
        }
    }

    [Fact]
    public void The_density_sums_to_one() => Assert.Equal(1,
        Enumerable.Range(-4000, 8001).Sum(i => Math.Exp(GaussianLayer.LogDensity(0.4 + i * 1e-3, 0.4, -0.7)) * 1e-3), 1e-9);

    [Fact]
    public void No_network_drives_the_deviation_out_of_its_range()
    {
        foreach (double rho in new[] { -1e9, -10, 10, 1e9 })
            Assert.InRange(Math.Abs(GaussianLayer.LogDeviation(rho)), 2.9, GaussianLayer.LargestLogDeviation);
        Assert.Equal(0.1, GaussianLayer.LogDeviation(0.1), 1e-4);
    }

    [Theory]
    [InlineData("3-1 labels 2 gaussian 1")]
    [InlineData("3-1-1 tanh 3 gaussian 1")]
    public void Draws_have_the_moments_of_recognition_and_dreams_those_of_the_prior(string description)
    {
        const int Rows = 20_000;
        HelmholtzMachine machine = TinyMachines.Create(description);
        var sample = new MachineSample(machine);
        machine.Recognition.Sample(sample, new BitMatrix(Rows, 3), 1, new StreamKey(3, StreamPurpose.Wake), WorkerTeam.Single);
        GaussianSample gaussian = sample.Gaussian!;
        for (int r = 0; r < Rows; r++)
            Assert.Equal(gaussian.Means[r, 0] + Math.Exp(gaussian.LogDeviations[r, 0]) * gaussian.Noise[r, 0], gaussian.Values[r, 0], 1e-5);
        HasNormalMoments(gaussian.Noise);
        machine.Generative.Sample(sample, Rows, new StreamKey(3, StreamPurpose.Sleep), WorkerTeam.Single);
        HasNormalMoments(gaussian.Values);
    }

    [Fact]
    public void A_row_s_noise_does_not_depend_on_how_many_are_drawn()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 tanh 3 gaussian 2");
        MachineSample few = new(machine), many = new(machine);
        machine.Generative.Sample(few, 1, new StreamKey(3, StreamPurpose.Sleep), WorkerTeam.Single);
        machine.Generative.Sample(many, 9, new StreamKey(3, StreamPurpose.Sleep), WorkerTeam.Single);
        Assert.Equal(few.Gaussian!.Values.Row(0).ToArray(), many.Gaussian!.Values.Row(0).ToArray());
        Assert.NotEqual(many.Gaussian.Values.Row(0).ToArray(), many.Gaussian.Values.Row(1).ToArray());
    }

    [Theory]
    [InlineData("3-2 gaussian 1")]
    [InlineData("3-1-1 tanh 3 gaussian 1")]
    public void The_importance_weighted_bound_approaches_the_log_likelihood_by_quadrature(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        WidenRecognition(machine);
        var (coarse, fine) = (new GaussianReference(machine, 40), new GaussianReference(machine, 60));
        double[] x = [1, 0, 1];
        double exact = fine.LogLikelihood(x);
        Assert.Equal(exact, coarse.LogLikelihood(x), 1e-7);
        var examples = new BitExamples(States.Examples(machine, [.. Enumerable.Repeat(x, 4)]));
        (BoundEstimate elbo, BoundEstimate weighted) = Bounds.Estimate(machine, examples, 4, 10_000, 1, WorkerTeam.Single);
        Assert.InRange(weighted.Value, exact - 0.01, exact + 0.01);
        Assert.Equal(fine.Elbo(x), elbo.Value, 0.02);
        Assert.True(elbo.Value < weighted.Value - 0.05);
    }

    [Fact]
    public void What_is_exact_for_bits_alone_refuses_real_valued_units_in_one_line()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-2 gaussian 1");
        var refusal = Assert.Throws<InvalidInputException>(() => ExactLogLikelihood.Compute(
            machine, new BitExamples(new BitMatrix(1, 3)), 1, 1, WorkerTeam.Single));
        Assert.Equal("exact log-likelihood: expected no Gaussian latents, found 1", refusal.Message);
        var count = Assert.Throws<InvalidInputException>(() => MachineShape.Of(new ModelSettings { GaussianLatents = 257 }, 3));
        Assert.Equal("model, Gaussian latents: expected 0 to 256, found 257", count.Message);
    }

    /// <summary>Recognition wider than the posterior, so that importance weights have a variance.</summary>
    private static void WidenRecognition(HelmholtzMachine machine)
    {
        foreach (Parameter parameter in machine.Recognition.Gaussian!.Parameters)
        {
            foreach (ref float value in parameter.Value.Row(0)) value *= 0.2f;
            for (int r = 1; r < parameter.Value.Rows; r++) parameter.Value.Row(0).CopyTo(parameter.Value.Row(r));
        }

        machine.Recognition.Gaussian.Parameters[^1].Value[0, 1] = 0.4f;
    }

    private static void HasNormalMoments(Matrix draws)
    {
        double[] all = [.. Enumerable.Range(0, draws.Rows).Select(r => (double)draws[r, 0])];
        double error = 5 / Math.Sqrt(all.Length);
        Assert.InRange(all.Average(), -error, error);
        Assert.InRange(all.Average(e => e * e), 1 - error * Math.Sqrt(2), 1 + error * Math.Sqrt(2));
        Assert.InRange(all.Average(e => e * e * e), -error * Math.Sqrt(15), error * Math.Sqrt(15));
        Assert.InRange(all.Average(e => e * e * e * e), 3 - error * Math.Sqrt(96), 3 + error * Math.Sqrt(96));
        Assert.InRange(all.Zip(all.Skip(1), (a, b) => a * b).Average(), -error, error);
    }
}
