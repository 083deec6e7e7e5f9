using DreamViz.Engine.Estimators.Baselines;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Kernels;

namespace DreamViz.Engine.Tests.Estimators.Baselines;

public class BaselineNetworkTests
{
    private const int Rows = 6, Units = 70, Width = 19, Repeats = 2;

    private static readonly BitMatrix Inputs = Some.Bits(Rows, Units, 4, 0.4);

    private readonly BaselineNetwork network = new("baseline.0", Units, Width, new StreamKey(1, StreamPurpose.Baseline));

    [Fact]
    public void It_predicts_nothing_before_it_has_learned() => Assert.All(Predict(), c => Assert.Equal(0, c));

    [Fact]
    public void It_predicts_by_its_definition_the_same_for_every_sample_of_an_example()
    {
        Randomize();
        double[] predictions = Predict();
        for (int r = 0; r < predictions.Length; r++) Assert.Equal(Reference(r / Repeats), predictions[r], 1e-5);
    }

    [Fact]
    public void Every_parameter_has_the_gradient_of_the_central_difference()
    {
        Randomize();
        float[] errors = [.. Enumerable.Range(0, Rows * Repeats).Select(r => 0.3f * r - 1)];
        Predict();
        network.AccumulateGradient(errors, WorkerTeam.Single);
        SmallNetwork.HasGradientOf(network.Parameters, () => Enumerable.Range(0, errors.Length).Sum(r => errors[r] * Reference(r / Repeats)));
    }

    private double Reference(int row)
    {
        (Matrix weights, Matrix biases, Matrix output) =
            (network.Parameters[0].Value, network.Parameters[1].Value, network.Parameters[2].Value);
        return Enumerable.Range(0, Width).Sum(j => output[0, j] * Math.Tanh(
            biases[0, j] + Enumerable.Range(0, Units).Sum(i => Inputs[row, i] ? (double)weights[i, j] : 0)));
    }

    private double[] Predict()
    {
        var predictions = new double[Rows * Repeats];
        network.Predict(Inputs, predictions, WorkerTeam.Single);
        return predictions;
    }

    private void Randomize() => SmallNetwork.Randomize(network.Parameters);
}
