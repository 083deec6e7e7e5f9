using DreamViz.Engine.Estimators;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>The expected update of every estimator is the gradient of the objective that it claims.</summary>
public class ExpectedUpdateTests
{
    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Wake_sleep_moves_the_generative_network_along_the_gradient_of_the_elbo(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] exact = expected.GenerativeGradient(expected.Reference.Elbo);
        foreach (int samples in new[] { 1, 2 })
        {
            Holds(expected.Wake(new WakeSleep(), samples).Generative, exact, ExpectedUpdate.FloatTolerance);
            Holds(expected.WakeInDouble(new WakeSleep(), samples).Generative, exact, ExpectedUpdate.DoubleTolerance);
        }
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Wake_sleep_teaches_the_recognition_network_nothing_awake(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        Assert.All(expected.Wake(new WakeSleep(), 2).Recognition, g => Assert.Equal(0, g));
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Dreams_move_the_recognition_network_along_the_gradient_of_the_inclusive_divergence(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] exact = expected.SleepObjectiveGradient();
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
            Holds(expected.Sleep(EstimatorCatalog.Create(estimator.Key)), exact, ExpectedUpdate.FloatTolerance);
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Reweighting_moves_the_generative_network_along_the_gradient_of_the_k_sample_bound(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        foreach (int samples in new[] { 1, 2 })
        {
            double[] exact = expected.GenerativeGradient(x => expected.Reference.ImportanceWeighted(x, samples));
            Holds(expected.Wake(new ReweightedWakeSleep(), samples).Generative, exact, ExpectedUpdate.FloatTolerance);
            Holds(expected.WakeInDouble(new ReweightedWakeSleep(), samples).Generative, exact,
                ExpectedUpdate.DoubleTolerance);
        }
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Reweighting_one_sample_teaches_the_recognition_network_nothing_on_average(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double scale = States.Norm(expected.InclusiveKlGradient());
        Assert.True(States.Norm(expected.Wake(new ReweightedWakeSleep(), 1).Recognition) < 1e-5 * scale);
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Reweighting_trains_by_the_same_recognition_update_as_the_sum_in_double(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        Holds(expected.Wake(new ReweightedWakeSleep(), 2).Recognition,
            expected.WakeInDouble(new ReweightedWakeSleep(), 2).Recognition, ExpectedUpdate.FloatTolerance);
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2 tanh 3")]
    public void The_bias_of_reweighted_recognition_shrinks_with_every_sample(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] exact = expected.InclusiveKlGradient();
        double[] errors = [.. Enumerable.Range(1, 6)
            .Select(samples => States.RelativeError(expected.Wake(new ReweightedWakeSleep(), samples).Recognition, exact))];
        for (int i = 1; i < errors.Length; i++) Assert.True(errors[i] < errors[i - 1], string.Join(", ", errors));
        Assert.True(errors[^1] < 0.5, string.Join(", ", errors));
    }

    private static void Holds(double[] update, double[] exact, double tolerance)
    {
        double error = States.RelativeError(update, exact);
        Assert.True(error < tolerance, $"relative error {error}");
    }
}
