using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators.Gaussian;

/// <summary>Relaxed bits beside real-valued units, with all noise held.</summary>
public class GaussianRelaxationTests
{
    private const double Temperature = 0.7;
    private const int Samples = 2;

    private static readonly StreamKey Key = new(8, StreamPurpose.Wake, 2);

    /// <summary>What becomes of the real-valued units while bits move: by the closed divergence, without it, or with g held.</summary>
    private enum Signal
    {
        Whole,
        WithoutDivergence,
        WithValuesHeld,
    }

    [Theory]
    [InlineData("3-2 gaussian 1")]
    [InlineData("3-1 tanh 3 gaussian 2")]
    [InlineData("3-2-2 gaussian 1")]
    [InlineData("3-2-1-1 tanh 3 gaussian 2")]
    [InlineData("3-1 tanh 3 words 1-2 gaussian 1")]
    [InlineData("3-3-2 gaussian 1 darn")]
    public void The_update_of_the_bits_is_the_gradient_of_the_relaxed_objective(string description)
    {
        double error = ErrorOf(description, Signal.Whole);
        Assert.True(error < 1e-5, $"relative error {error}");
    }

    [Theory]
    [InlineData("3-2-2 gaussian 1")]
    [InlineData("3-2-1 gaussian 1")]
    public void Leaving_out_what_a_relaxed_layer_does_to_the_real_valued_units_is_found(string description)
    {
        foreach (Signal faulty in new[] { Signal.WithoutDivergence, Signal.WithValuesHeld })
        {
            double error = ErrorOf(description, faulty);
            Assert.True(error > 0.01, $"{faulty}: relative error {error}");
        }
    }

    private static double ErrorOf(string description, Signal signal)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new GaussianReference(machine, 1);
        List<double[]> data = new ExpectedUpdate(machine).Data;
        var estimator = new Concrete();
        estimator.Begin(machine, new TrainingSettings { Temperature = Temperature }, 1);
        var sample = new MachineSample(machine);
        estimator.Sample(machine, sample, States.Examples(machine, data), Samples, Key, WorkerTeam.Single);
        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        float[] weights = [0.5f, 0.2f, 0.3f];
        estimator.AccumulateWake(machine, sample, weights, 1, WorkerTeam.Single);
        Parameter[] ofBits = [.. machine.Recognition.Layers.SelectMany(layer => layer.Parameters)];
        Row[] rows = [.. Enumerable.Range(0, sample.Rows).Select(r => new Row(reference, machine, data[r / Samples], sample, r))];
        double[][] held = [.. rows.Select(row => row.Values(row.Relaxed()))];
        double[] gradient = reference.Bits.Gradient(ofBits, () => rows.Select((row, r) =>
            weights[r / Samples] / Samples * row.Objective(signal, held[r])).Sum());
        return States.RelativeError(States.TakeGradient(ofBits), gradient);
    }

    /// <summary>One explanation, given its noise.</summary>
    private sealed class Row(GaussianReference reference, HelmholtzMachine machine, double[] x, MachineSample sample, int row)
    {
        private readonly double[] epsilon = [.. sample.Gaussian!.Noise.Row(row).ToArray().Select(e => (double)e)];

        private readonly float[][] noise = [.. machine.LayerSizes.Skip(1).Select((units, l) =>
        {
            var matrix = new Matrix(0, 0);
            LogisticNoise.Fill(sample.Rows, units, Key with { Purpose = StreamPurpose.Relaxation, Layer = l + 1 }, matrix, WorkerTeam.Single);
            return matrix.Row(row).ToArray();
        })];

        public double[][] Relaxed()
        {
            double[][] state = [x, .. noise.Select(n => new double[n.Length])];
            for (int l = 0; l < noise.Length; l++)
            {
                for (int i = 0; i < noise[l].Length; i++)
                    state[l + 1][i] = Sigmoid.Reference((reference.Bits.RecognitionLogits(state, l)[i] + noise[l][i]) / Temperature);
            }

            return state;
        }

        public double[] Values(double[][] state) => reference.Values(state, epsilon);

        public double Objective(Signal signal, double[] held)
        {
            double[][] state = Relaxed();
            double[] outputs = reference.Bits.GaussianOutputs(state);
            reference.Bits.Gaussian = signal == Signal.WithValuesHeld ? held : Values(state);
            double divergence = epsilon.Select((_, i) => GaussianLayer.Divergence(outputs[i], GaussianLayer.LogDeviation(outputs[epsilon.Length + i]))).Sum();
            return reference.Bits.LogJoint(state) - reference.Bits.LogRecognition(state) - (signal == Signal.WithoutDivergence ? 0 : divergence);
        }
    }
}
