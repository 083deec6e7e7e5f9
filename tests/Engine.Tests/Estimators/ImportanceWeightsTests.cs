using DreamViz.Engine.Estimators;

namespace DreamViz.Engine.Tests.Estimators;

public class ImportanceWeightsTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(-1e5)]
    [InlineData(1e5)]
    public void Weights_are_in_proportion_whatever_their_size(double offset)
    {
        Span<double> weights = stackalloc double[3];
        ImportanceWeights.Normalize([offset + Math.Log(1), offset + Math.Log(2), offset + Math.Log(5)], weights);
        Assert.Equal([0.125, 0.25, 0.625], weights.ToArray().Select(w => Math.Round(w, 9)));
    }

    [Fact]
    public void An_impossible_explanation_weighs_nothing()
    {
        Span<double> weights = stackalloc double[2];
        ImportanceWeights.Normalize([double.NegativeInfinity, -700], weights);
        Assert.Equal([0, 1], weights.ToArray());
    }

    [Fact]
    public void What_is_no_number_is_not_hidden()
    {
        Span<double> weights = stackalloc double[2];
        ImportanceWeights.Normalize([double.NaN, 0], weights);
        Assert.Contains(weights.ToArray(), double.IsNaN);
        ImportanceWeights.Normalize([double.NegativeInfinity, double.NegativeInfinity], weights);
        Assert.Contains(weights.ToArray(), double.IsNaN);
    }
}
