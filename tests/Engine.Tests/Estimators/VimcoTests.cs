using DreamViz.Engine.Estimators;

namespace DreamViz.Engine.Tests.Estimators;

public class VimcoTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1e5)]
    [InlineData(1e5)]
    public void Weights_are_those_of_the_definition_whatever_the_size_of_the_log_weights(double offset)
    {
        double[] logs = [.. new[] { -3.0, 1.5, 0.25, -0.75, 1.25 }.Select(l => l + offset)];
        (double[] _, double[] recognition) = Weigh(logs);
        for (int k = 0; k < logs.Length; k++)
        {
            double[] others = [.. logs.Where((_, j) => j != k)];
            double bound = logs.Sum(l => Math.Exp(l - offset)), without = others.Append(others.Average()).Sum(l => Math.Exp(l - offset));
            double expected = Math.Log(bound / without) - Math.Exp(logs[k] - offset) / bound;
            Assert.Equal(expected, recognition[k], 1e-9);
        }
    }

    [Fact]
    public void One_explanation_far_better_than_all_others_is_judged_by_how_far()
    {
        (double[] generative, double[] recognition) = Weigh([-5000, -3000, -4000]);
        Assert.Equal([0, 1, 0], generative);
        // Without the best, −4000 leads, and −4500 takes the best's place: log(1 + …) vanishes beside 1000 nats.
        Assert.Equal(1000 - 1, recognition[1], 1e-9);
        Assert.Equal([0, 0], new[] { recognition[0], recognition[2] });
    }

    [Fact]
    public void Equal_explanations_share_the_credit()
    {
        (double[] generative, double[] recognition) = Weigh([-7, -7]);
        Assert.Equal([0.5, 0.5], generative);
        Assert.All(recognition, r => Assert.Equal(-0.5, r, 1e-12));
    }

    private static (double[] Generative, double[] Recognition) Weigh(double[] logs)
    {
        var (generative, recognition) = (new double[logs.Length], new double[logs.Length]);
        new Vimco().Weigh(logs, generative, recognition);
        return (generative, recognition);
    }
}
