using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Tests.Models;
using Xunit.Abstractions;

namespace DreamViz.Engine.Tests.Estimators;

public class ReweightedBiasTests(ITestOutputHelper output)
{
    private const int MostEnumerated = 6, Drawn = 24;

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-1-1")]
    public void The_bias_of_reweighted_wake_sleep_shrinks_with_every_sample_and_towards_none(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var expected = new ExpectedUpdate(machine);
        Estimator estimator = EveryEstimator.Create("reweighted-wake-sleep", machine);
        double[] exact = expected.InclusiveKlGradient();
        double[] biases = [.. Enumerable.Range(1, MostEnumerated).Select(k => States.RelativeError(expected.Wake(estimator, k).Recognition, exact))];
        for (int k = 1; k <= MostEnumerated; k++) output.WriteLine($"K = {k}: bias {biases[k - 1]:P1} of the gradient");
        double far = States.RelativeError(new SampledUpdate(machine).Wake(estimator, Drawn).Recognition.Value, exact);
        output.WriteLine($"K = {Drawn}: bias {far:P1}, by drawing");
        Assert.Equal(1, biases[0], 1e-4);
        Assert.Equal(biases.OrderDescending(), biases);
        // Of order 1/K.
        Assert.True(far < 3.0 * MostEnumerated / Drawn * biases[^1], $"{far} at K = {Drawn}, {biases[^1]} at {MostEnumerated}");
    }
}
