using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class OrderedSoftBitsTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(0.3, true)]
    [InlineData(5, true)]
    public void Are_the_reference_in_every_shape(double temperature, bool noisy)
    {
        foreach ((int rows, int columns) in OddShapes.Planes())
        {
            Matrix logits = Some.Matrix(rows, columns, 1), siblings = OrderedSamplingTests.Siblings(columns, 2, 0.3f);
            Matrix? noise = noisy ? Some.Matrix(rows, columns, 3) : null;
            Matrix complete = new(0, 0), values = new(0, 0), slopes = new(0, 0);
            complete.CopyFrom(logits);
            OrderedSoftBits.Compute(complete, siblings, noise, temperature, values, slopes, WorkerTeam.Single);
            var expected = Enumerable.Range(0, rows).Select(r =>
                OrderedSoftBits.Reference(logits.Row(r), siblings, noise is null ? [] : noise.Row(r), temperature)).ToArray();
            double bound = 1e-6 * Math.Max(1, columns / temperature);
            Close.Matrix((r, c) => expected[r].Values[c], values, bound);
            Close.Matrix((r, c) => expected[r].Logits[c], complete, bound);
            Close.Matrix((r, c) => expected[r].Values[c] * (1 - expected[r].Values[c]) / temperature, slopes, bound / temperature);
        }
    }

    /// <summary>f = Σᵢ wᵢ ζᵢ − Σᵢ rᵢ aᵢ, moved by every logit given the parents.</summary>
    [Fact]
    public void The_way_back_is_the_derivative_of_the_way_there()
    {
        const int Units = 21;
        const double Temperature = 0.7, H = 1e-3;
        Matrix start = Some.Matrix(2, Units, 1), siblings = OrderedSamplingTests.Siblings(Units, 2, 0.3f), noise = Some.Matrix(2, Units, 3);
        Matrix weights = Some.Matrix(2, Units, 4), residuals = Some.Matrix(2, Units, 5);
        Matrix logits = new(0, 0), values = new(0, 0), slopes = new(0, 0), gradient = new(0, 0), logitGradient = new(0, 0);
        logits.CopyFrom(start);
        gradient.CopyFrom(weights);
        OrderedSoftBits.Compute(logits, siblings, noise, Temperature, values, slopes, WorkerTeam.Single);
        OrderedSoftBits.Differentiate(siblings, slopes, residuals, gradient, logitGradient, WorkerTeam.Single);
        Close.Matrix((r, i) => (Value(r, i, H) - Value(r, i, -H)) / (2 * H), logitGradient, 2e-4);
        Close.Matrix((r, i) => (logitGradient[r, i] + residuals[r, i]) / slopes[r, i], gradient, 1e-3);

        double Value(int row, int unit, double step)
        {
            float[] moved = start.Row(row).ToArray();
            moved[unit] += (float)step;
            double exactStep = (double)moved[unit] - start[row, unit];
            (double[] a, double[] zeta) = OrderedSoftBits.Reference(moved, siblings, noise.Row(row), Temperature);
            double f = Enumerable.Range(0, Units).Sum(i => weights[row, i] * zeta[i] - residuals[row, i] * a[i]);
            (double[] a0, double[] zeta0) = OrderedSoftBits.Reference(start.Row(row), siblings, noise.Row(row), Temperature);
            double f0 = Enumerable.Range(0, Units).Sum(i => weights[row, i] * zeta0[i] - residuals[row, i] * a0[i]);
            return (f - f0) * step / exactStep;
        }
    }

    [Fact]
    public void Refuse_shapes_that_do_not_fit() => Assert.Throws<ArgumentException>(() => OrderedSoftBits.Compute(
        new Matrix(3, 4), new Matrix(3, 5), null, 1, new Matrix(0, 0), new Matrix(0, 0), WorkerTeam.Single));
}
