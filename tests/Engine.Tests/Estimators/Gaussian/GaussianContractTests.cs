using System.Collections.Concurrent;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Tests.Models;
using Xunit.Abstractions;

namespace DreamViz.Engine.Tests.Estimators.Gaussian;

/// <summary>Every estimator of the catalogue on every tiny machine with real-valued units for which it is defined.</summary>
public sealed class EveryEstimatorWithGaussianUnits : TheoryData<string, string>
{
    public EveryEstimatorWithGaussianUnits()
    {
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            foreach (string machine in TinyMachines.Gaussian)
                if (IsEnumerable(estimator.Key, TinyMachines.Create(machine))) Add(estimator.Key, machine);
        }
    }

    private static bool IsEnumerable(string key, HelmholtzMachine machine)
    {
        Estimator estimator = EstimatorCatalog.Create(key);
        bool isPairs = estimator.Description.Generative != ClaimedObjective.Elbo || estimator.MinimumSamples > 1;
        return SuitedLayers.IsDefined(key, machine.Shape) && estimator.Scheme != SamplingScheme.Continuous
            && (!isPairs || machine.LayerSizes.Skip(1).Sum() + machine.Shape.GaussianUnits <= 3);
    }
}

/// <summary>What every estimator owes a machine with real-valued units: its expected update is the gradient of the objective that it
/// claims, for the bits and for the others.</summary>
public class GaussianContractTests(ITestOutputHelper output)
{
    private static readonly ConcurrentDictionary<(string Shape, int Label, ClaimedObjective Objective, int Samples, bool IsGenerative), double[]> Known = [];

    [Theory]
    [ClassData(typeof(EveryEstimatorWithGaussianUnits))]
    public void The_expected_update_is_the_gradient_that_is_claimed(string key, string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        Estimator estimator = EveryEstimator.CreateWithPast(key, machine);
        Holds(description, machine, new GaussianUpdate(machine), estimator, estimator.Description.Generative == ClaimedObjective.Elbo ? estimator.MinimumSamples : 2);
    }

    [Theory]
    [InlineData("score-function")]
    [InlineData("nvil")]
    [InlineData("vimco")]
    [InlineData("leave-one-out")]
    public void With_an_observed_label_the_objective_is_that_of_picture_and_label_together(string key)
    {
        const string description = "3-1 labels 2 gaussian 1";
        HelmholtzMachine machine = TinyMachines.Create(description);
        Estimator estimator = EveryEstimator.CreateWithPast(key, machine);
        Holds(description, machine, new GaussianUpdate(machine, observedLabel: 1), estimator, EveryEstimator.Samples(estimator)[0]);
    }

    [Fact]
    public void Several_explanations_of_an_example_have_noise_of_their_own()
    {
        const string description = "3-1-1 tanh 3 gaussian 1";
        HelmholtzMachine machine = TinyMachines.Create(description);
        Holds(description, machine, new GaussianUpdate(machine), EveryEstimator.Create("score-function", machine), 2);
    }

    private void Holds(string description, HelmholtzMachine machine, GaussianUpdate expected, Estimator estimator, int samples)
    {
        EstimatorDescription claim = estimator.Description;
        (double[] generative, double[] recognition) = expected.Wake(estimator, samples);
        Holds(machine.Generative.Parameters, generative, Exact(claim.Generative, machine.Generative.Parameters, _ => 1));
        if (claim.Recognition == ClaimedObjective.None) Assert.All(recognition, g => Assert.Equal(0, g));
        else if (claim.Recognition == ClaimedObjective.InclusiveKlOnDreams)
            Holds(machine.Recognition.Parameters, expected.Sleep(estimator), expected.SleepObjectiveGradient());
        else if (claim.Recognition == ClaimedObjective.InclusiveKlOnData)
            Holds(machine.Recognition.Parameters, recognition, expected.ReweightedGradient(samples));
        else if (!claim.RecognitionUnbiased)
            Holds(machine.Recognition.Gaussian!.Parameters, Last(recognition), Last(Exact(claim.Recognition, machine.Recognition.Parameters, Divisor)));
        else Holds(machine.Recognition.Parameters, recognition, Exact(claim.Recognition, machine.Recognition.Parameters, Divisor));

        double[] Exact(ClaimedObjective objective, IReadOnlyList<Parameter> parameters, Func<Parameter, double> divisor)
        {
            bool isWeighted = objective == ClaimedObjective.ImportanceWeightedBound;
            double[] gradient = Known.GetOrAdd(
                (description, expected.Reference.Bits.ObservedLabel, objective, isWeighted ? samples : 1, parameters == machine.Generative.Parameters),
                _ => expected.Gradient(parameters, isWeighted ? x => expected.Reference.ImportanceWeighted(x, samples) : expected.Reference.Elbo));
            return [.. Blocks(parameters, gradient).SelectMany(block => block.Values.Select(g => g / divisor(block.Parameter)))];
        }

        // What the bits learn is biased, what the others learn is not.
        double[] Last(double[] gradient) => gradient[^machine.Recognition.Gaussian!.Parameters.Sum(p => p.Value.Rows * p.Value.Columns)..];

        double Divisor(Parameter parameter) =>
            machine.Recognition.Layers.Index().FirstOrDefault(layer => layer.Item.Parameters.Contains(parameter)) is { Item: not null } found
                ? estimator.Divisor(found.Index)
                : 1;
    }

    /// <summary>Every parameter by itself: what is small must be right, too.</summary>
    private void Holds(IReadOnlyList<Parameter> parameters, double[] update, double[] exact)
    {
        double scale = States.Norm(exact);
        Assert.True(scale > 0);
        foreach (((Parameter parameter, double[] found), (_, double[] wanted)) in Blocks(parameters, update).Zip(Blocks(parameters, exact)))
        {
            double error = States.Norm(found.Zip(wanted, (a, b) => a - b)) / Math.Max(States.Norm(wanted), 0.01 * scale);
            output.WriteLine($"{parameter.Name}: relative error {error:g3}");
            Assert.True(error < ExpectedUpdate.FloatTolerance, $"{parameter.Name}: relative error {error}");
        }
    }

    private static IEnumerable<(Parameter Parameter, double[] Values)> Blocks(IReadOnlyList<Parameter> parameters, double[] values)
    {
        int first = 0;
        foreach (Parameter parameter in parameters)
        {
            int count = parameter.Value.Rows * parameter.Value.Columns;
            yield return (parameter, values[first..(first + count)]);
            first += count;
        }
    }
}
