using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators.Baselines;

/// <summary>What baselines do to the variance of λ's update, as finite sums.</summary>
public class BaselineVarianceTests
{
    [Theory]
    [InlineData("4-3")]
    [InlineData("3-2-1-1")]
    [InlineData("3-2 tanh 3 darn")]
    public void The_best_constant_saves_its_square_times_the_mean_square_of_the_score(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var variance = new UpdateVariance(machine);
        double none = variance.Of(EstimatorCatalog.Create("score-function"));
        (double best, double meanSquare) = variance.Best();
        double least = variance.Of(EveryEstimator.WithConstant(machine, best));
        Assert.Equal(none - best * best * meanSquare, least, 1e-5 * none);
        Assert.True(least < none);
        foreach (double other in new[] { best - 1, best + 1 })
            Assert.Equal(least + meanSquare, variance.Of(EveryEstimator.WithConstant(machine, other)), 1e-5 * none);
    }

    [Fact]
    public void Enumeration_has_no_variance_and_two_samples_have_half()
    {
        var variance = new UpdateVariance(TinyMachines.Create("3-2-2"));
        Estimator plain = EstimatorCatalog.Create("score-function");
        double one = variance.Of(plain);
        Assert.Equal(one / 2, variance.Of(plain, 2), 1e-6 * one);
        Assert.Equal(0, variance.Of(EstimatorCatalog.Create("exact")), 1e-9 * one);
    }

    [Fact]
    public void The_mean_of_the_others_saves_variance_where_signals_are_far_from_zero()
    {
        var variance = new UpdateVariance(TinyMachines.Create("3-2-2"));
        double plain = variance.Of(EstimatorCatalog.Create("score-function"), 2);
        Assert.True(variance.Of(EstimatorCatalog.Create("leave-one-out"), 2) < plain);
    }

    [Theory]
    [InlineData("input-baseline", "4-3")]
    [InlineData("nvil", "4-3")]
    [InlineData("nvil", "4-2 words 2-3")]
    public void The_network_learns_what_to_expect_of_each_example(string key, string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var (expected, variance) = (new ExpectedUpdate(machine), new UpdateVariance(machine));
        Estimator estimator = EveryEstimator.Create(key, machine);
        var settings = new TrainingSettings { BaselineWidth = 5, BaselineRate = 0.03 };
        for (int i = 0; i < 400; i++)
        {
            expected.Wake(estimator, 1);
            estimator.Adapt(settings, WorkerTeam.Single);
        }

        (double between, double within) = variance.OfSignal();
        double left = variance.MeanSquareWeight(estimator) * estimator.Divisor(0) * estimator.Divisor(0);
        Assert.True(between > 0.1 * within, $"examples differ too little: {between}, {within}");
        Assert.Equal(within, left, 0.02 * between);
    }

    [Fact]
    public void Of_documents_a_running_mean_per_word_leaves_less_than_the_best_that_does_not_know_their_lengths()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-2 words 1-6");
        var variance = new UpdateVariance(machine);
        Estimator estimator = EveryEstimator.Create("running-baseline", machine);
        var expected = new ExpectedUpdate(machine);
        for (int i = 0; i < 2; i++)
        {
            expected.Wake(estimator, 1);
            estimator.Adapt(new TrainingSettings(), WorkerTeam.Single);
        }

        (double between, double within) = variance.OfSignal();
        Assert.InRange(variance.MeanSquareWeight(estimator), within, 0.5 * (between + within));
    }
}
