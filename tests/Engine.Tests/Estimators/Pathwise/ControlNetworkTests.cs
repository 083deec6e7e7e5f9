using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Kernels;

namespace DreamViz.Engine.Tests.Estimators.Pathwise;

public class ControlNetworkTests
{
    private const int Rows = 5, Units = 21, Width = 19;

    private readonly ControlNetwork network = new("control.0", Units, Width, new StreamKey(1, StreamPurpose.Baseline));
    private readonly Matrix points = Some.Matrix(Rows, Units, 4), directions = Some.Matrix(Rows, Units, 5);
    private readonly ControlPass pass = new();
    private readonly float[] valueErrors = Some.Floats(Rows, 6);

    [Fact]
    public void It_is_nothing_before_it_has_learned()
    {
        (double[] values, Matrix gradient) = Evaluate();
        Assert.All(values, value => Assert.Equal(0, value));
        Assert.All(gradient.Flat.ToArray(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Its_values_and_their_gradient_by_the_inputs_are_those_of_the_definition()
    {
        Randomize();
        (double[] values, Matrix gradient) = Evaluate();
        for (int r = 0; r < Rows; r++)
        {
            int row = r;
            Assert.Equal(Value(row, 0), values[r], 1e-5);
            double along = Enumerable.Range(0, Units).Sum(i => (double)gradient[row, i] * directions[row, i]);
            Assert.Equal(Slope(row), along, 1e-4);
        }
    }

    [Fact]
    public void Every_parameter_has_the_gradient_of_the_central_difference_of_values_and_of_slopes()
    {
        Randomize();
        Evaluate();
        network.AccumulateGradient(points, pass, valueErrors, directions, WorkerTeam.Single);
        SmallNetwork.HasGradientOf(network.Parameters, () => Enumerable.Range(0, Rows).Sum(r => valueErrors[r] * Value(r, 0) + Slope(r)));
    }

    /// <summary>The directional derivative.</summary>
    private double Slope(int row) => (Value(row, 1e-5) - Value(row, -1e-5)) / 2e-5;

    /// <summary>r at the point, moved some steps along the direction.</summary>
    private double Value(int row, double steps)
    {
        (Matrix weights, Matrix biases, Matrix output) =
            (network.Parameters[0].Value, network.Parameters[1].Value, network.Parameters[2].Value);
        return Enumerable.Range(0, Width).Sum(j => output[0, j] * Math.Tanh(biases[0, j]
            + Enumerable.Range(0, Units).Sum(i => (points[row, i] + steps * directions[row, i]) * weights[i, j])));
    }

    private (double[] Values, Matrix Gradient) Evaluate()
    {
        (double[] values, Matrix gradient) = (new double[Rows], new Matrix(0, 0));
        network.Evaluate(points, pass, values, gradient, WorkerTeam.Single);
        return (values, gradient);
    }

    private void Randomize() => SmallNetwork.Randomize(network.Parameters);
}
