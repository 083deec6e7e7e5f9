using System.Collections.Concurrent;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;
using Xunit.Abstractions;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>What every estimator of the catalogue owes: its expected update is the gradient of the objective that it claims,
/// whatever its state learned from past batches. A new estimator is held to it without a line here.</summary>
public class ContractTests(ITestOutputHelper output)
{
    // Sums that several tests need are made once: an update by the tests of both networks, an exact gradient by all estimators.
    private static readonly ConcurrentDictionary<Case, (SampledUpdate.Mean Generative, SampledUpdate.Mean Recognition)> AllDrawn = [];
    private static readonly ConcurrentDictionary<Case, (double[] Generative, double[] Recognition)> AllUpdates = [], AllInDouble = [];
    private static readonly ConcurrentDictionary<(Case Case, ClaimedObjective Objective, bool Generative), double[]> AllExact = [];

    [Theory]
    [ClassData(typeof(EveryEstimator))]
    public void The_expected_update_of_the_generative_network_is_the_gradient_that_is_claimed(string key, string description)
    {
        foreach (Subject subject in Subjects(key, description))
        {
            double[] exact = subject.Exact(subject.Estimator.Description.Generative, generative: true);
            if (subject.IsDrawn)
            {
                HoldsDrawn(subject.Drawn.Generative, exact, subject.Estimator.Description.GenerativeUnbiased);
                continue;
            }

            Holds(subject.Update.Generative, exact, subject.Estimator.Description.GenerativeUnbiased, ExpectedUpdate.FloatTolerance);
            Holds(subject.InDouble.Generative, exact, subject.Estimator.Description.GenerativeUnbiased, ExpectedUpdate.DoubleTolerance);
        }
    }

    [Theory]
    [ClassData(typeof(EveryEstimator))]
    public void The_expected_update_of_the_recognition_network_is_the_gradient_that_is_claimed(string key, string description)
    {
        foreach (Subject subject in Subjects(key, description))
        {
            EstimatorDescription claim = subject.Estimator.Description;
            double[] exact = subject.Expected.Divided(subject.Exact(claim.Recognition, generative: false), subject.Estimator);
            if (subject.IsDrawn)
            {
                HoldsDrawn(subject.Drawn.Recognition, exact, claim.RecognitionUnbiased);
                continue;
            }

            if (claim.Recognition == ClaimedObjective.InclusiveKlOnDreams)
            {
                Holds(subject.Expected.Sleep(subject.Estimator), exact, claim.RecognitionUnbiased, ExpectedUpdate.FloatTolerance);
                continue;
            }

            Holds(subject.Update.Recognition, exact, claim.RecognitionUnbiased, ExpectedUpdate.FloatTolerance);
            Holds(subject.InDouble.Recognition, exact, claim.RecognitionUnbiased, ExpectedUpdate.DoubleTolerance);
        }
    }

    [Theory]
    [ClassData(typeof(EveryEstimatorWithLabels))]
    public void With_an_observed_label_the_objective_is_that_of_picture_and_label_together(string key, string description)
    {
        foreach (Subject subject in Subjects(key, description, observedLabel: 1))
        {
            // What the noise of these makes of an observed label is held by itself.
            if (subject.IsDrawn) continue;
            EstimatorDescription claim = subject.Estimator.Description;
            double[] generative = subject.Exact(claim.Generative, generative: true);
            Holds(subject.Update.Generative, generative, claim.GenerativeUnbiased, ExpectedUpdate.FloatTolerance);
            Holds(subject.InDouble.Generative, generative, claim.GenerativeUnbiased, ExpectedUpdate.DoubleTolerance);
            if (claim.Recognition == ClaimedObjective.InclusiveKlOnDreams) continue;
            double[] exact = subject.Expected.Divided(subject.Exact(claim.Recognition, generative: false), subject.Estimator);
            Holds(subject.Update.Recognition, exact, claim.RecognitionUnbiased, ExpectedUpdate.FloatTolerance);
            Holds(subject.InDouble.Recognition, exact, claim.RecognitionUnbiased, ExpectedUpdate.DoubleTolerance);
        }
    }

    [Theory]
    [ClassData(typeof(EveryEstimator))]
    public void Recognition_learns_where_its_objective_is(string key, string description)
    {
        Estimator estimator = EveryEstimator.Create(key, TinyMachines.Create(description));
        ClaimedObjective claimed = estimator.Description.Recognition;
        foreach (RecognitionLearning learning in Enum.GetValues<RecognitionLearning>())
        {
            RecognitionShares shares = estimator.Shares(learning);
            bool choosesPhase = estimator.Shares(RecognitionLearning.Wake) != estimator.Shares(RecognitionLearning.Sleep);
            if (choosesPhase) Assert.Equal(1, shares.Wake + shares.Sleep);
            else if (claimed == ClaimedObjective.None) Assert.Equal(new RecognitionShares(0, 0), shares);
            else if (claimed == ClaimedObjective.InclusiveKlOnDreams) Assert.Equal(new RecognitionShares(0, 1), shares);
            else Assert.Equal(new RecognitionShares(1, 0), shares);
        }
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2 tanh 3")]
    [InlineData("3-1-1")]
    public void Nothing_of_a_batch_enters_the_baseline_of_its_own_signals(string description)
    {
        foreach (EstimatorDescription claim in EstimatorCatalog.All.Where(e => e.Recognition == ClaimedObjective.Elbo))
        {
            HelmholtzMachine machine = TinyMachines.Create(description);
            Estimator estimator = EveryEstimator.CreateWithPast(claim.Key, machine);
            if (estimator.Scheme is not (SamplingScheme.Independent or SamplingScheme.Flips)) continue;
            var expected = new ExpectedUpdate(machine);
            double[] exact = expected.Divided(expected.RecognitionGradientOfBatches(expected.Reference.Elbo), estimator);
            double[] update = expected.RecognitionOfBatches(estimator, estimator.MinimumSamples);
            Holds(update, exact, claim.RecognitionUnbiased, ExpectedUpdate.FloatTolerance);
        }
    }

    [Fact]
    public void What_it_is_not_defined_for_it_refuses_in_one_line_that_names_it()
    {
        Refuses("exact", [16, 8, 5], "expected at most 12 latent units, found 13 (16-8-5)");
        Refuses("rebar", [16, 4], "expected independent units in recognition, found autoregressive ones: every unit would need relaxed passes of its own",
            AutoregressiveParts.Recognition);
        Refuses("disarm", [16, 4, 2], "expected independent units in recognition, found autoregressive ones: the opposite of a unit would change those behind it",
            AutoregressiveParts.All);
    }

    [Theory]
    [InlineData("arm", "only bits have an opposite")]
    [InlineData("disarm", "only bits have an opposite")]
    [InlineData("rebar", "only of bits the noise behind a draw is drawn again")]
    public void What_knows_bits_alone_refuses_a_label_in_one_line(string key, string reason)
    {
        MachineShape shape = TinyMachines.Create("3-1 labels 3").Shape;
        var refusal = Assert.Throws<InvalidInputException>(() => EstimatorCatalog.Create(key).CheckFits(shape));
        Assert.Equal($"estimator {key}: expected no label, found one of 3 classes: {reason}", refusal.Message);
    }

    private static void Refuses(
        string key, int[] layerSizes, string reason, AutoregressiveParts autoregressive = AutoregressiveParts.None)
    {
        var refusal = Assert.Throws<InvalidInputException>(() => EstimatorCatalog.Create(key).CheckFits(new MachineShape(layerSizes, new ModelSettings { Autoregressive = autoregressive })));
        Assert.Equal($"estimator {key}: {reason}", refusal.Message);
    }

    /// <summary>The estimator fresh and with a past, at each number of samples.</summary>
    private static IEnumerable<Subject> Subjects(string key, string description, int observedLabel = -1)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        if (EstimatorCatalog.Create(key).Scheme == SamplingScheme.Continuous)
        {
            // Draws are dear: one number of samples without a past, the other with one.
            int[] numbers = EveryEstimator.Samples(EstimatorCatalog.Create(key));
            yield return new Subject(new(key, description, numbers[0]), machine, EveryEstimator.Create(key, machine));
            yield return new Subject(new(key, description, numbers[^1], HasPast: true), machine, EveryEstimator.CreateWithPast(key, machine));
            yield break;
        }

        foreach (bool hasPast in new[] { false, true })
        {
            Estimator estimator = hasPast ? EveryEstimator.CreateWithPast(key, machine) : EveryEstimator.Create(key, machine);
            if (hasPast && !estimator.State.Any()) continue;
            foreach (int samples in EveryEstimator.Samples(estimator))
            {
                if (IsAffordable(machine, samples)) yield return new Subject(new(key, description, samples, hasPast, observedLabel), machine, estimator);
            }
        }
    }

    private static bool IsAffordable(HelmholtzMachine machine, int samples) =>
        samples * Math.Log2(new ReferenceMachine(machine).LatentStates(new double[machine.LayerSizes[0]]).Count) <= 8;

    private void Holds(double[] update, double[] exact, bool unbiased, double tolerance)
    {
        if (States.Norm(exact) == 0)
        {
            Assert.All(update, g => Assert.Equal(0, g));
            return;
        }

        double error = States.RelativeError(update, exact);
        output.WriteLine($"relative error {error:g3}");
        if (unbiased) Assert.True(error < tolerance, $"relative error {error}");
        else Assert.True(error > 20 * tolerance, $"claims a bias, but has none: relative error {error}");
    }

    /// <summary>A z-test of every parameter, in place of a sum over outcomes that noise makes endless.</summary>
    private void HoldsDrawn(SampledUpdate.Mean update, double[] exact, bool unbiased)
    {
        double z = update.LargestZ(exact);
        output.WriteLine($"{z:f1} standard errors, relative error {States.RelativeError(update.Value, exact):g3}");
        if (unbiased) Assert.True(z < SampledUpdate.LargestSoundZ, $"{z} standard errors");
        else Assert.True(z > 2 * SampledUpdate.LargestSoundZ, $"claims a bias, but none is seen: {z} standard errors");
    }

    private sealed record Case(string Key, string Shape, int Samples, bool HasPast = false, int ObservedLabel = -1);

    private sealed record Subject(Case Case, HelmholtzMachine Machine, Estimator Estimator)
    {
        public ExpectedUpdate Expected { get; } = new(Machine, Case.ObservedLabel);

        public bool IsDrawn => Estimator.Scheme == SamplingScheme.Continuous;

        public (SampledUpdate.Mean Generative, SampledUpdate.Mean Recognition) Drawn =>
            AllDrawn.GetOrAdd(Case, _ => new SampledUpdate(Machine).Wake(Estimator, Case.Samples));

        public (double[] Generative, double[] Recognition) Update =>
            AllUpdates.GetOrAdd(Case, _ => Expected.Wake(Estimator, Case.Samples));

        public (double[] Generative, double[] Recognition) InDouble =>
            AllInDouble.GetOrAdd(Case, _ => Expected.WakeInDouble(Estimator, Case.Samples));

        /// <summary>The exact gradient of an objective, which knows no estimator, and only the bound knows the number of samples.
        /// </summary>
        public double[] Exact(ClaimedObjective objective, bool generative)
        {
            int samples = objective == ClaimedObjective.ImportanceWeightedBound ? Case.Samples : 1;
            Case shared = Case with { Key = "", Samples = samples, HasPast = false };
            return AllExact.GetOrAdd((shared, objective, generative), _ => Gradient(objective, generative));
        }

        private double[] Gradient(ClaimedObjective objective, bool generative)
        {
            Func<Func<double[], double>, double[]> gradient = generative ? Expected.GenerativeGradient : Expected.RecognitionGradient;
            return objective switch
            {
                ClaimedObjective.Elbo => gradient(Expected.Reference.Elbo),
                ClaimedObjective.ImportanceWeightedBound => gradient(x => Expected.Reference.ImportanceWeighted(x, Case.Samples)),
                ClaimedObjective.InclusiveKlOnDreams => Expected.SleepObjectiveGradient(),
                ClaimedObjective.InclusiveKlOnData => Expected.InclusiveKlGradient(),
                _ => gradient(_ => 0),
            };
        }
    }
}
