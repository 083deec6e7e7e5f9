using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Labels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators.Gaussian;

/// <summary>The reparameterized gradient by its formula in double, with faults planted, and as it is drawn.</summary>
public class GaussianPathTests
{
    /// <summary>From slope, noise, μ, log σ to the errors of μ and log σ, weight 1.</summary>
    private delegate (double ByMean, double ByLogDeviation) Rule(double slope, double noise, double mean, double logDeviation);

    [Theory]
    [InlineData("3-2 gaussian 1", false)]
    [InlineData("3-2 gaussian 1", true)]
    [InlineData("3-1 tanh 3 gaussian 2", false)]
    [InlineData("3-1 tanh 3 gaussian 2", true)]
    [InlineData("3-1 labels 2 gaussian 1", false)]
    public void The_formula_is_the_gradient_of_the_bound_in_double(string description, bool weighsSamples)
    {
        double error = ErrorOf(description, (s, e, m, d) => GaussianLayer.Path(s, 1, e, m, d, weighsSamples));
        Assert.True(error < 1e-8, $"relative error {error}");
    }

    [Fact]
    public void A_path_without_its_deviation_is_found() =>
        Rejected((s, e, m, d) => (s - m, e * s + 1 - Math.Exp(2 * d)));

    [Fact]
    public void A_divergence_with_the_wrong_sign_is_found() =>
        Rejected((s, e, m, d) => (s + m, Math.Exp(d) * e * s - 1 + Math.Exp(2 * d)));

    [Fact]
    public void Leaving_out_the_entropy_is_found() =>
        Rejected((s, e, m, d) => (s - m, Math.Exp(d) * e * s - Math.Exp(2 * d)));

    [Fact]
    public void Leaving_out_the_prior_is_found() => Rejected((s, e, m, d) => (s, Math.Exp(d) * e * s + 1));

    [Fact]
    public void Leaving_the_divergence_out_of_the_signal_of_the_layer_below_is_found()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-2-1 gaussian 1");
        var expected = new GaussianUpdate(machine);
        double[] exact = expected.Gradient(machine.Recognition.Parameters, expected.Reference.Elbo);
        Assert.True(States.RelativeError(Update(new Local(drops: false)), exact) < ExpectedUpdate.FloatTolerance);
        Assert.True(States.RelativeError(Update(new Local(drops: true)), exact) > 20 * ExpectedUpdate.FloatTolerance);

        double[] Update(Estimator estimator) => expected.Wake(estimator, 1).Recognition;
    }

    [Theory]
    [InlineData("score-function", "3-2 gaussian 1")]
    [InlineData("arm", "3-1-1 tanh 3 gaussian 1")]
    [InlineData("vimco", "3-2 gaussian 1")]
    [InlineData("rebar", "3-2-1 gaussian 1")]
    [InlineData("relax", "3-1-1 tanh 3 gaussian 1")]
    public void What_is_drawn_is_in_the_mean_the_gradient_by_quadrature(string key, string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        Estimator estimator = EveryEstimator.Create(key, machine);
        List<double[]> data = new ExpectedUpdate(machine).Data;
        var reference = new GaussianReference(machine, estimator.MinimumSamples == 1 ? 12 : 8);
        (SampledUpdate.Mean generative, SampledUpdate.Mean recognition) = new SampledUpdate(machine).Wake(estimator, estimator.MinimumSamples);
        foreach ((SampledUpdate.Mean drawn, IReadOnlyList<Parameter> parameters) in new[] { (generative, machine.Generative.Parameters), (recognition, machine.Recognition.Parameters) })
        {
            double z = drawn.LargestZ(reference.Bits.Gradient(parameters, () => data.Average(Objective)));
            Assert.True(z < SampledUpdate.LargestSoundZ, $"{z} standard errors");
        }

        double Objective(double[] x) => estimator.MinimumSamples == 1 ? reference.Elbo(x) : reference.ImportanceWeighted(x, 2);
    }

    [Fact]
    public void With_the_label_summed_out_the_update_is_in_the_mean_the_gradient_of_the_bound()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 2 gaussian 1");
        var reference = new GaussianReference(machine, 12);
        double[][] data = [.. new[] { 1, 6 }.Select(reference.Bits.Visible)];
        SampledUpdate.Mean drawn = DrawSummedOut(machine, data);
        double[] exact = reference.Bits.Gradient(machine.Recognition.Parameters, () => data.Average(x => Enumerable.Range(0, 2).Sum(y =>
        {
            double logLabel = reference.Bits.LogLabel(reference.Bits.LatentStates(x).First(state => state[1][y] == 1));
            reference.Bits.ObservedLabel = y;
            double bound = reference.Elbo(x);
            reference.Bits.ObservedLabel = -1;
            return Math.Exp(logLabel) * (bound - logLabel);
        })));
        double z = drawn.LargestZ(exact);
        Assert.True(z < SampledUpdate.LargestSoundZ, $"{z} standard errors");
    }

    private static SampledUpdate.Mean DrawSummedOut(HelmholtzMachine machine, double[][] data)
    {
        const int Copies = 100, Batches = 30;
        BitMatrix examples = States.Examples(machine, [.. Enumerable.Range(0, Copies * data.Length).Select(i => data[i % data.Length])]);
        int[] unknown = [.. Enumerable.Repeat(-1, examples.Rows)];
        float[] weights = [.. Enumerable.Repeat(1f / examples.Rows, examples.Rows)];
        var (learning, sample, estimator, mean) = (new LabelLearning(machine), new MachineSample(machine), new ScoreFunction(), new SampledUpdate.Mean(Copies));
        for (int n = 0; n < Batches; n++)
        {
            var key = new StreamKey(23, StreamPurpose.Wake, n);
            learning.Begin(examples, unknown, weights, LabelInference.Exact, key, WorkerTeam.Single);
            sample.ObserveLabels(learning.Labels);
            estimator.Sample(machine, sample, learning.Examples, 1, key, WorkerTeam.Single);
            machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
            estimator.AccumulateWake(machine, sample, learning.Weights, 1, WorkerTeam.Single);
            learning.AccumulateRecognition(machine, sample, estimator, 1, 1, WorkerTeam.Single);
            States.TakeGradient(machine.Generative.Parameters);
            mean.Add(States.TakeGradient(machine.Recognition.Parameters));
        }

        return mean;
    }

    private static void Rejected(Rule rule)
    {
        double error = ErrorOf("3-2 gaussian 1", rule);
        Assert.True(error > 0.01, $"relative error {error}");
    }

    /// <summary>How far the rule is, relatively, from the gradient by the biases of μ and ρ, the sum of their errors over all draws.</summary>
    private static double ErrorOf(string description, Rule rule)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new GaussianReference(machine, 3);
        int units = machine.Shape.GaussianUnits;
        double[] x = [1, 0, 1], update = new double[2 * units];
        foreach (GaussianReference.Draw draw in reference.Draws(x))
        {
            double[] outputs = reference.Bits.GaussianOutputs(draw.State), values = reference.Values(draw.State, draw.Noise);
            for (int i = 0; i < units; i++)
            {
                double tanh = Math.Tanh(outputs[units + i] / 3);
                (double byMean, double byLogDeviation) = rule(Slope(reference, draw.State, values, i), draw.Noise[i], outputs[i], 3 * tanh);
                update[i] += draw.Probability * byMean;
                update[units + i] += draw.Probability * byLogDeviation * (1 - tanh * tanh);
            }
        }

        Parameter biases = machine.Recognition.Parameters.Single(parameter => parameter.Name == "recognition.gaussian.biases");
        return States.RelativeError(update, reference.Bits.Gradient([biases], () => reference.Elbo(x)));
    }

    /// <summary>∂ log p(x | z, g)/∂gᵢ.</summary>
    private static double Slope(GaussianReference reference, double[][] state, double[] values, int unit)
    {
        const double h = 1e-3;
        return new[] { (-2 * h, 1.0), (-h, -8.0), (h, 8.0), (2 * h, -1.0) }.Sum(step =>
        {
            reference.Bits.Gaussian = [.. values.Select((g, i) => i == unit ? g + step.Item1 : g)];
            return step.Item2 * reference.Bits.LogGenerative(state, 0);
        }) / (12 * h);
    }

    /// <summary>The score function with layer-local signals, or with what the real-valued units add dropped from them.</summary>
    private sealed class Local(bool drops) : Estimator
    {
        public override EstimatorDescription Description => new ScoreFunction().Description;

        public override void Weigh(LogTerms terms, RowWeights weights)
        {
            if (drops) terms.Gaussian.Clear();
            LocalSignals.Weigh(terms, weights);
        }
    }
}
