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
        for (int t = 0; t < batches.Length; t++) moments.Add(1, Batch(batches[t], 1, 1, 1), t == 0 ? 0 : decay);
        double[] weights = [Math.Pow(decay, 3), decay * decay * (1 - decay), decay * (1 - decay), 1 - decay];
        double mean = weights.Zip(batches, (w, batch) => w * Mean(batch)).Sum();
        double variance = weights.Zip(batches, (w, batch) => w * batch.Average(x => (x - mean) * (x - mean))).Sum();
        Assert.Equal(mean, moments.Mean(1), 1e-5);
        Assert.Equal(Math.Sqrt(variance), moments.Deviation(1), 1e-4);
        Assert.Equal((0, 0), (moments.Mean(0), moments.Deviation(0)));
    }

    [Fact]
    public void Of_documents_the_mean_is_per_word_and_the_variance_that_around_it_of_whole_documents()
    {
        double[] first = [-8, 5, 3], second = [2, 6, -4], lengths = [4, 1, 2];
        var moments = new RunningMoments(1);
        moments.Add(0, Batch(first, lengths), decay: 0);
        double mean = first.Zip(lengths, (f, n) => f / n).Average();
        Assert.Equal(mean, moments.Mean(0), 1e-6);
        Assert.Equal(Math.Sqrt(Spread(first, mean)), moments.Deviation(0), 1e-5);

        moments.Add(0, Batch(second, lengths), decay: 0.5);
        mean = 0.5 * mean + 0.5 * second.Zip(lengths, (f, n) => f / n).Average();
        Assert.Equal(mean, moments.Mean(0), 1e-6);
        double betweenBatches = 0.25 * Math.Pow(Batch(second, lengths).Mean - Batch(first, lengths).Mean, 2) * lengths.Average(n => n * n);
        double within = 0.5 * Batch(first, lengths).Variance + 0.5 * Batch(second, lengths).Variance;
        Assert.Equal(Math.Sqrt(within + betweenBatches), moments.Deviation(0), 1e-5);

        double Spread(double[] signals, double m) => signals.Zip(lengths, (f, n) => (f - m * n) * (f - m * n)).Average();
    }

    [Fact]
    public void Signals_of_examples_that_weigh_nothing_count_for_nothing()
    {
        float[] weights = [0.5f, 0];
        Assert.Equal(new BatchMoments(2, 1, 1), BatchMoments.Of([1, 3, 50, 70], [1, 1, 1, 1], weights));
        Assert.Equal((5, 1), (BatchMoments.Size([1, 3, 50, 70], weights).MeanSquare, BatchMoments.Size([1, 3, 50, 70], weights).Variance));
    }

    private static BatchMoments Batch(double[] signals, params double[] lengths) =>
        BatchMoments.Of(signals, lengths, [.. signals.Select(_ => 1f / signals.Length)]);

    private static double Mean(double[] batch) => batch.Average();
}
