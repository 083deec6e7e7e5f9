using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;
using Xunit.Abstractions;

namespace DreamViz.Engine.Tests.Estimators.Baselines;

/// <summary>What the terms that are left out, and the scale of the control variate, do to the variance, as finite sums.</summary>
public class BlackBoxTests(ITestOutputHelper output)
{
    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void The_scale_that_it_learns_leaves_less_variance_than_none_and_than_any_other(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var variance = new UpdateVariance(machine);
        Estimator estimator = EveryEstimator.Create("black-box", machine);
        new ExpectedUpdate(machine).Wake(estimator, 1);
        estimator.Adapt(new TrainingSettings(), WorkerTeam.Single);
        double learned = variance.OfLogits(estimator), saved = estimator.State.Sum(state => Saved(state.Matrix));
        double none = variance.OfLogits(WithScales(machine, estimator, _ => 0));
        output.WriteLine($"{none:g4} without, {learned:g4} with the learned scale");
        Assert.True(learned < none);
        Assert.Equal(none - saved, learned, 1e-4 * none);
        foreach (double shift in new[] { -1, -0.25, 0.25, 1 })
            Assert.True(learned < variance.OfLogits(WithScales(machine, estimator, scale => scale + shift)));
    }

    /// <summary>No theorem says so: what is left out may have cancelled what stays (<see cref="VarianceOrderTests"/> has what theory
    /// says). Of the machines here it holds for most.</summary>
    [Theory]
    [InlineData("3-2")]
    [InlineData("4-3")]
    [InlineData("3-2 tanh 3")]
    [InlineData("3-2-2")]
    [InlineData("3-2-1-1")]
    [InlineData("3-2-2 tanh 3")]
    public void Leaving_out_what_a_unit_cannot_change_mostly_leaves_less_variance(string description) =>
        Assert.True(WithoutAndWith(description).Average(variances => variances.Own / variances.All) < 0.9);

    /// <summary>The variance with the terms that a unit can change and with all terms, of several machines.</summary>
    private IEnumerable<(double Own, double All)> WithoutAndWith(string description)
    {
        for (ulong seed = 5; seed < 11; seed++)
        {
            HelmholtzMachine machine = TinyMachines.Create(description, seed);
            var variance = new UpdateVariance(machine);
            Estimator estimator = WithScales(machine, EveryEstimator.Create("black-box", machine), _ => 0);
            double own = variance.OfLogits(estimator), all = variance.OfLogits(EveryEstimator.Create("score-function", machine));
            output.WriteLine($"seed {seed}: {all:g4} with all terms, {own:g4} with a unit's own");
            yield return (own, all);
        }
    }

    /// <summary>Σᵢ E[f s²]² / E[s²].</summary>
    private static double Saved(Matrix moments) =>
        Enumerable.Range(0, moments.Columns).Sum(i => (double)moments[0, i] * moments[0, i] / moments[1, i]);

    /// <summary>The estimator with other scales.</summary>
    private static Estimator WithScales(HelmholtzMachine machine, Estimator learned, Func<double, double> change)
    {
        Estimator estimator = EveryEstimator.Create("black-box", machine);
        foreach ((NamedMatrix from, NamedMatrix to) in learned.State.Zip(estimator.State))
        {
            for (int i = 0; i < to.Matrix.Columns; i++)
            {
                to.Matrix[1, i] = 1;
                to.Matrix[0, i] = (float)change(from.Matrix[1, i] == 0 ? 0 : from.Matrix[0, i] / from.Matrix[1, i]);
            }
        }

        estimator.Updates = 1;
        return estimator;
    }
}
