using DreamViz.Engine.Estimators.Baselines;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Kernels;
using DreamViz.Engine.Tests.Models;

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
        foreach (Parameter parameter in network.Parameters)
        {
            double[] exact = [.. Elements(parameter).Select(at => Difference(parameter, at, errors))];
            double error = States.RelativeError(States.TakeGradient([parameter]), exact);
            Assert.True(error < 1e-3, $"{parameter.Name}: relative error {error}");
        }
    }

    private static IEnumerable<(int Row, int Column)> Elements(Parameter parameter) =>
        from row in Enumerable.Range(0, parameter.Value.Rows)
        from column in Enumerable.Range(0, parameter.Value.Columns)
        select (row, column);

    private double Difference(Parameter parameter, (int Row, int Column) at, float[] errors)
    {
        const float h = 1.0f / 256;
        float before = parameter.Value[at.Row, at.Column];
        double Sum(float value)
        {
            parameter.Value[at.Row, at.Column] = value;
            return Enumerable.Range(0, errors.Length).Sum(r => errors[r] * Reference(r / Repeats));
        }

        double difference = (Sum(before + h) - Sum(before - h)) / (2.0 * h);
        parameter.Value[at.Row, at.Column] = before;
        return difference;
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

    private void Randomize()
    {
        var stream = new RandomStream(new StreamKey(2, StreamPurpose.Data));
        foreach (Parameter parameter in network.Parameters)
        {
            for (int r = 0; r < parameter.Value.Rows; r++) stream.FillNormal(parameter.Value.Row(r), 0.3);
        }
    }
}
