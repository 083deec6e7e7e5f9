using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;
using Xunit.Abstractions;

namespace DreamViz.Engine.Tests.Estimators.Pathwise;

/// <summary>How much the updates of λ vary, on machines where control variates have something to say.</summary>
public class PathwiseVarianceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("muprop", "4-3")]
    [InlineData("muprop", "3-2-2")]
    [InlineData("rebar", "4-3")]
    [InlineData("rebar", "3-2-2")]
    [InlineData("relax", "4-3")]
    [InlineData("relax", "3-2-2")]
    public void A_control_variate_leaves_much_less_than_the_variance_of_the_score_function(string key, string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        double plain = Variance(machine, EveryEstimator.Create("score-function", machine));
        double controlled = Variance(machine, Learned(machine, key, 300));
        output.WriteLine($"{key}: {controlled:g3}, score function {plain:g3}");
        Assert.True(controlled < 0.5 * plain, $"{controlled} of {plain}");
    }

    [Theory]
    [InlineData("rebar")]
    [InlineData("relax")]
    public void Learning_the_control_variate_lessens_the_variance(string key)
    {
        HelmholtzMachine machine = TinyMachines.Create("4-3");
        double fresh = Variance(machine, Learned(machine, key, 0, temperature: 4)), learned = Variance(machine, Learned(machine, key, 400, temperature: 4));
        output.WriteLine($"{key}: {learned:g3} after learning, {fresh:g3} before");
        Assert.True(learned < 0.9 * fresh, $"{learned} of {fresh}");
    }

    /// <summary>An estimator that adapted to a machine that does not learn.</summary>
    private static Estimator Learned(HelmholtzMachine machine, string key, int steps, double temperature = 0.5)
    {
        var settings = new TrainingSettings { BaselineWidth = 10, BaselineRate = 0.02, Temperature = temperature };
        Estimator estimator = EstimatorCatalog.Create(key);
        estimator.Begin(machine, settings, 1);
        var sampled = new SampledUpdate(machine);
        for (int n = 0; n < steps; n++)
        {
            sampled.Draw(estimator, 1, n);
            estimator.Adapt(settings, WorkerTeam.Single);
        }

        return estimator;
    }

    private static double Variance(HelmholtzMachine machine, Estimator estimator) =>
        new SampledUpdate(machine).Wake(estimator, 1).Recognition.Variance;
}
