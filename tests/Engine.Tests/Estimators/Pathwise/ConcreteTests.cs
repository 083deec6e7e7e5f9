using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;
using Xunit.Abstractions;

namespace DreamViz.Engine.Tests.Estimators.Pathwise;

public class ConcreteTests(ITestOutputHelper output)
{
    private static readonly StreamKey Key = new(8, StreamPurpose.Wake, 2);

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    [InlineData("3-2 darn visible")]
    [InlineData("3-3-2 darn prior,likelihood")]
    [InlineData("3-2-2 tanh 3 darn prior,likelihood")]
    [InlineData("3-3 darn")]
    [InlineData("3-3-2 tanh 3 darn")]
    [InlineData("3-3-2 darn recognition")]
    [InlineData("4-2 words 2-3 darn recognition")]
    [InlineData("3-2 labels 3")]
    [InlineData("3-2-2 tanh 3 labels 2")]
    [InlineData("3-1 tanh 3 labels 2 fixed 0.3")]
    public void With_its_noise_held_the_update_is_the_gradient_of_the_relaxed_objective(string description)
    {
        (double[] update, double[] exact) = UpdateAndGradient(description, holdsSiblings: false);
        double error = States.RelativeError(update, exact);
        Assert.True(error < 1e-5, $"relative error {error}");
    }

    [Theory]
    [InlineData("3-2 labels 3")]
    [InlineData("3-2-2 tanh 3 labels 2")]
    public void With_an_observed_label_it_is_that_of_the_bits_beside_it(string description)
    {
        (double[] update, double[] exact) = UpdateAndGradient(description, holdsSiblings: false, observedLabel: 1);
        double error = States.RelativeError(update, exact);
        Assert.True(error < 1e-5, $"relative error {error}");
    }

    [Theory]
    [InlineData("3-3 darn")]
    [InlineData("3-3-2 darn recognition")]
    [InlineData("3-3 labels 2")]
    public void Holding_the_siblings_before_a_unit_while_differentiating_is_found(string description)
    {
        (double[] update, double[] faulty) = UpdateAndGradient(description, holdsSiblings: true);
        double error = States.RelativeError(faulty, update);
        Assert.True(error > 0.01, $"relative error {error}");
    }

    private static (double[] Update, double[] Gradient) UpdateAndGradient(string description, bool holdsSiblings, int observedLabel = -1)
    {
        const double Temperature = 0.7;
        const int Samples = 2;
        HelmholtzMachine machine = TinyMachines.Create(description);
        var expected = new ExpectedUpdate(machine, observedLabel);
        Concrete estimator = Begin(machine, Temperature);
        BitMatrix examples = States.Examples(machine, expected.Data);
        var sample = new MachineSample(machine);
        if (observedLabel >= 0) sample.ObserveLabels([.. expected.Data.Select(_ => observedLabel)]);
        estimator.Sample(machine, sample, examples, Samples, Key, WorkerTeam.Single);
        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        estimator.AccumulateWake(machine, sample, [0.5f, 0.2f, 0.3f], 1, WorkerTeam.Single);
        double[] weights = [0.5, 0.2, 0.3];
        Matrix[] noise = Noise(machine, sample.Rows);
        double[][][] held = [.. Enumerable.Range(0, sample.Rows).Select(r => Relaxed(expected.Reference, expected.Data[r / Samples], noise, r, Temperature, null))];
        double[] exact = expected.Reference.Gradient(machine.Recognition.Parameters, () => Enumerable.Range(0, sample.Rows).Sum(r =>
        {
            double[][] state = Relaxed(expected.Reference, expected.Data[r / Samples], noise, r, Temperature, holdsSiblings ? held[r] : null);
            return weights[r / Samples] / Samples * (expected.Reference.LogJoint(state) - expected.Reference.LogRecognition(state));
        }));
        return (States.TakeGradient(machine.Recognition.Parameters), exact);
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2-1-1")]
    [InlineData("3-2-2 tanh 3")]
    public void Its_bias_for_the_elbo_falls_with_the_temperature(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var expected = new ExpectedUpdate(machine);
        double[] exact = expected.RecognitionGradient(expected.Reference.Elbo);
        double last = double.PositiveInfinity;
        foreach (double temperature in new[] { 2, 1, 0.5, 0.25 })
        {
            SampledUpdate.Mean update = new SampledUpdate(machine).Wake(Begin(machine, temperature), 1).Recognition;
            double bias = States.RelativeError(update.Value, exact);
            output.WriteLine($"temperature {temperature}: bias {bias:p1} of the gradient, variance {update.Variance:g3}");
            Assert.True(bias < 0.85 * last, $"temperature {temperature}: {bias} after {last}");
            last = bias;
        }
    }

    /// <summary>softmax((a − log(−log u))/τ), n = log(u/(1 − u)); of an observed label, the label.</summary>
    private static void RelaxLabel(ReferenceMachine reference, double[][] state, Matrix noise, int row, double temperature)
    {
        double[] a = [.. reference.RecognitionLogits(state, state.Length - 2).Take(reference.Classes)
            .Select((logit, c) => (logit - Math.Log(-Math.Log(1 / (1 + Math.Exp(-(double)noise[row, c]))))) / temperature)];
        double logSum = ReferenceMachine.LogSum(a);
        for (int c = 0; c < a.Length; c++)
            state[^1][c] = reference.ObservedLabel < 0 ? Math.Exp(a[c] - logSum) : c == reference.ObservedLabel ? 1 : 0;
    }

    private static Concrete Begin(HelmholtzMachine machine, double temperature)
    {
        var estimator = new Concrete();
        estimator.Begin(machine, new TrainingSettings { Temperature = temperature }, 1);
        return estimator;
    }

    private static Matrix[] Noise(HelmholtzMachine machine, int rows) => [.. machine.LayerSizes.Skip(1).Select((units, l) =>
    {
        var noise = new Matrix(0, 0);
        StreamKey key = Key with { Purpose = StreamPurpose.Relaxation, Layer = l + 1 };
        LogisticNoise.Fill(rows, units, key, noise, WorkerTeam.Single);
        return noise;
    })];

    /// <summary>Relaxed values, each unit given those before it, or given held ones.</summary>
    private static double[][] Relaxed(ReferenceMachine reference, double[] x, Matrix[] noise, int row, double temperature, double[][]? held)
    {
        var state = new double[noise.Length + 1][];
        state[0] = x;
        for (int l = 0; l < noise.Length; l++)
        {
            Matrix n = noise[l];
            state[l + 1] = new double[n.Columns];
            int classes = l == noise.Length - 1 ? reference.Classes : 0;
            if (classes > 0) RelaxLabel(reference, state, n, row, temperature);
            for (int i = classes; i < n.Columns; i++)
            {
                double[][] given = held is null ? state : [.. state[..(l + 1)], held[l + 1]];
                state[l + 1][i] = Sigmoid.Reference((reference.RecognitionLogits(given, l)[i] + n[row, i]) / temperature);
            }
        }

        return state;
    }
}
