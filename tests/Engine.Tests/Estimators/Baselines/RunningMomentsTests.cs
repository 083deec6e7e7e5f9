using DreamViz.Engine.Estimators.Baselines;

namespace DreamViz.Engine.Tests.Estimators.Baselines;

public class RunningMomentsTests
{
    [Fact]
    public void They_are_the_weighted_mean_and_variance_of_everything_seen_with_weights_that_fade()
    {
        const double decay = 0.8;
        double[][] batches = [[-3, 5, 1], [2, 2, 8], [-40, 0, 4], [7, 7, 7]];
        var moments = new RunningMoments(2);
        for (int t = 0; t < batches.Length; t++) moments.Add(1, Mean(batches[t]), Variance(batches[t]), t == 0 ? 0 : decay);
        double[] weights = [Math.Pow(decay, 3), decay * decay * (1 - decay), decay * (1 - decay), 1 - decay];
        double mean = weights.Zip(batches, (w, batch) => w * Mean(batch)).Sum();
        double variance = weights.Zip(batches, (w, batch) => w * batch.Average(x => (x - mean) * (x - mean))).Sum();
        Assert.Equal(mean, moments.Mean(1), 1e-5);
        Assert.Equal(Math.Sqrt(variance), moments.Deviation(1), 1e-4);
        Assert.Equal((0, 0), (moments.Mean(0), moments.Deviation(0)));
    }

    private static double Mean(double[] batch) => batch.Average();

    private static double Variance(double[] batch) => batch.Average(x => (x - Mean(batch)) * (x - Mean(batch)));
}
