using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Optimizers;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Optimizers;

public class OptimizerTests
{
    private const double Rate = 0.1, Decay = 0.8;

    private static readonly float[] Gradients = [0.5f, -2, 0.25f, 0, 3];

    [Fact]
    public void Sgd_climbs_by_rate_times_gradient()
    {
        double theta = 1;
        Check(OptimizerKind.Sgd, (g, _) => theta += Rate * g);
    }

    [Fact]
    public void Momentum_adds_up_a_decaying_velocity()
    {
        double theta = 1, velocity = 0;
        Check(OptimizerKind.Momentum, (g, _) =>
        {
            velocity = Decay * velocity + g;
            return theta += Rate * velocity;
        });
    }

    [Fact]
    public void Adam_corrects_both_moments_for_their_start_at_zero()
    {
        double theta = 1, m = 0, v = 0;
        Check(OptimizerKind.Adam, (g, t) =>
        {
            m = Decay * m + (1 - Decay) * g;
            v = 0.999 * v + 0.001 * g * g;
            double mHat = m / (1 - Math.Pow(Decay, t)), vHat = v / (1 - Math.Pow(0.999, t));
            return theta += Rate * mHat / (Math.Sqrt(vHat) + 1e-8);
        });
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0)]
    [InlineData(OptimizerKind.Momentum, 1)]
    [InlineData(OptimizerKind.Adam, 2)]
    public void The_state_has_a_named_matrix_of_every_moment_in_the_shape_of_its_parameter(OptimizerKind kind, int count)
    {
        var parameter = new Parameter("some.weights", 3, 5);
        var state = Optimizer.Create(kind, [parameter]).State.ToList();
        Assert.Equal(count, state.Select(s => s.Name).Distinct().Count());
        Assert.All(state, s => Assert.EndsWith("some.weights", s.Name, StringComparison.Ordinal));
        Assert.All(state, s => Assert.Equal((3, 5), (s.Matrix.Rows, s.Matrix.Columns)));
    }

    [Fact]
    public void An_unknown_kind_is_refused() =>
        Assert.Throws<InvalidInputException>(() => Optimizer.Create((OptimizerKind)9, []));

    private static void Check(OptimizerKind kind, Func<double, int, double> expected)
    {
        var parameter = new Parameter("some.weights", 2, 3);
        for (int r = 0; r < 2; r++) parameter.Value.Row(r).Fill(1);
        Optimizer optimizer = Optimizer.Create(kind, [parameter]);
        for (int t = 1; t <= Gradients.Length; t++)
        {
            for (int r = 0; r < 2; r++) parameter.Gradient.Row(r).Fill(Gradients[t - 1]);
            optimizer.Apply(Rate, Decay, WorkerTeam.Single);
            double theta = expected(Gradients[t - 1], t);
            Assert.Equal(t, optimizer.Updates);
            for (int r = 0; r < 2; r++)
            {
                foreach (float value in parameter.Value.Row(r)) Assert.Equal(theta, value, 2e-6);
                foreach (float padding in parameter.Value.PaddedRow(r)[3..]) Assert.Equal(0, padding);
            }

            foreach (float gradient in parameter.Gradient.Flat) Assert.Equal(0, gradient);
        }
    }
}
