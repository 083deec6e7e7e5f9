using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Diagnostics.Laboratory;

public class EstimatorLaboratoryTests
{
    [Fact]
    public void Exact_enumeration_has_neither_bias_nor_variance()
    {
        EstimatorMeasures exact = Benches.Finished(Benches.Of(Benches.Frozen("4-3"), 50, "exact")).Measures[0];
        Assert.Equal((0, false, 1), (exact.Noise, exact.IsBiased, exact.PValue));
        Assert.InRange(exact.Offset, 0, 1e-6);
        Assert.Equal(1, exact.Cosine, 6);
        Assert.All(exact.UnitVariances, variance => Assert.Equal(0, variance));
    }

    [Theory, InlineData("4-3"), InlineData("3-2-2 tanh 3")]
    public void The_reference_is_the_gradient_of_the_batch_s_bound(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        ReferenceMachine reference = new(machine);
        double[] x = ReferenceMachine.Bits(Benches.Example, machine.LayerSizes[0]);
        double norm = States.Norm(reference.Gradient(machine.Recognition.Parameters, () => reference.Elbo(x)));
        LaboratoryResult result = Benches.Finished(Benches.Of(Benches.Frozen(machine), 2, "score-function"));
        Assert.Equal(norm, result.Norm, 1e-5 * norm);
        Assert.Equal(1 << machine.LayerSizes.Skip(1).Sum(), result.Configurations);
    }

    [Fact]
    public void The_score_function_s_variance_is_the_enumerated_one_within_chance()
    {
        const int N = 6000;
        HelmholtzMachine machine = TinyMachines.Create("3-2");
        ReferenceMachine reference = new(machine);
        double[] x = ReferenceMachine.Bits(Benches.Example, 3);
        var outcomes = reference.LatentStates(x).Select(state => (
            Probability: Math.Exp(reference.LogRecognition(state)),
            Gradient: reference.Gradient(machine.Recognition.Parameters, () => reference.LogRecognition(state))
                .Select(s => s * (reference.LogJoint(state) - reference.LogRecognition(state))).ToArray())).ToList();
        double[] mean = [.. outcomes[0].Gradient.Select((_, i) => outcomes.Sum(o => o.Probability * o.Gradient[i]))];
        double Square(double[] gradient) => gradient.Zip(mean, (g, m) => (g - m) * (g - m)).Sum();
        double variance = outcomes.Sum(o => o.Probability * Square(o.Gradient));
        double deviation = Math.Sqrt(outcomes.Sum(o => o.Probability * Math.Pow(Square(o.Gradient) - variance, 2)) / N);

        LaboratoryResult result = Benches.Finished(Benches.Of(Benches.Frozen(machine), N, "score-function"));
        double found = Math.Pow(result.Measures[0].Noise * result.Norm, 2);
        Assert.InRange((found - variance) / deviation, -4, 4);
        Assert.InRange(found / variance, 0.9, 1.1);
        Assert.Equal(result.Measures[0].Noise * result.Measures[0].Noise, result.Measures[0].UnitVariances.Sum(), 1e-6 * found);
    }

    [Theory, InlineData("4-3"), InlineData("3-2-2")]
    public void Bias_is_found_in_those_that_climb_something_else_and_in_no_other(string machine)
    {
        string[] keys = [.. EstimatorCatalog.All.Select(estimator => estimator.Key)];
        LaboratoryResult result = Benches.Finished(Benches.Of(Benches.Frozen(machine), 3000, keys));
        Assert.NotEmpty(result.Measures);
        foreach (EstimatorMeasures measures in result.Measures)
        {
            bool unbiased = measures.Estimator is { Recognition: ClaimedObjective.Elbo, RecognitionUnbiased: true };
            Assert.True(unbiased != measures.IsBiased, $"{measures.Estimator.Key}: p = {measures.PValue}, offset {measures.Offset}");
        }
    }

    [Fact]
    public void What_is_not_defined_for_the_machine_is_left_out_with_the_reason()
    {
        LaboratoryResult result = Benches.Finished(Benches.Of(Benches.Frozen("3-2-2 darn"), 10, "disarm", "nvil"));
        Assert.Equal("nvil", Assert.Single(result.Measures).Estimator.Key);
        ExcludedEstimator excluded = Assert.Single(result.Excluded);
        Assert.Equal(("disarm", "DisARM"), (excluded.Key, excluded.Name));
        Assert.Contains("expected independent units in recognition", excluded.Reason);
    }

    [Theory]
    [InlineData(-1, LabelInference.Sampled)]
    [InlineData(-1, LabelInference.Exact)]
    [InlineData(1, LabelInference.Sampled)]
    [InlineData(1, LabelInference.Exact)]
    public void A_known_label_is_given_and_another_is_drawn_or_summed_out(int label, LabelInference inference)
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 3");
        ReferenceMachine reference = new(machine, label);
        double[] x = ReferenceMachine.Bits(Benches.Example, machine.LayerSizes[0]);
        double norm = States.Norm(reference.Gradient(machine.Recognition.Parameters, () => reference.Elbo(x)));
        FrozenRun run = Benches.Frozen(machine, label: label, inference: inference);
        LaboratoryResult result = Benches.Finished(Benches.Of(run, 2000, "score-function", "nvil", "variance-normalization", "wake-phase"));
        Assert.Equal(norm, result.Norm, 1e-5 * norm);
        Assert.Equal([false, false, false, true], result.Measures.Select(measures => measures.IsBiased));
        Assert.Equal(label < 0 && inference == LabelInference.Exact ? 3 : 1, result.Measures[0].Explanations);
    }

    [Fact]
    public void With_real_valued_units_a_long_run_stands_for_the_exact_gradient()
    {
        FrozenRun run = Benches.Frozen(TinyMachines.Create("3-2-1 gaussian 1"));
        LaboratoryResult result = Benches.Finished(Benches.Of(run, 1500, "nvil", "variance-normalization", "disarm", "wake-phase", "exact"));
        Assert.Equal((0, 6000), (result.Configurations, result.ReferenceEstimates));
        Assert.Equal([false, false, false, true, false], result.Measures.Select(measures => measures.IsBiased));
        Assert.Empty(result.Excluded);
    }

    [Fact]
    public void Summing_out_a_label_takes_away_the_noise_of_drawing_it()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 3");
        double[] noise = [.. new[] { LabelInference.Sampled, LabelInference.Exact }.Select(inference =>
            Benches.Finished(Benches.Of(Benches.Frozen(machine, inference: inference), 1000, "score-function")).Measures[0].Noise)];
        Assert.True(noise[1] < 0.8 * noise[0], string.Join(", ", noise));
    }

    [Fact]
    public void An_estimator_that_is_refused_with_labels_is_left_out_with_the_reason()
    {
        FrozenRun run = Benches.Frozen(TinyMachines.Create("3-1 labels 3"), inference: LabelInference.Exact);
        LaboratoryResult result = Benches.Finished(Benches.Of(run, 10, "reweighted-wake-sleep", "nvil"));
        Assert.Equal("nvil", Assert.Single(result.Measures).Estimator.Key);
        Assert.Contains("expected Sampled for reweighted-wake-sleep", Assert.Single(result.Excluded).Reason);
    }

    [Fact]
    public void Averaging_takes_noise_away_and_leaves_bias()
    {
        LaboratoryResult result = Benches.Finished(Benches.Of(Benches.Frozen("4-3"), 4096, "score-function", "vimco"));
        (EstimatorMeasures unbiased, EstimatorMeasures biased) = (result.Measures[0], result.Measures[1]);
        double fallen = unbiased.Errors.Single(e => e.Averaged == 256).Error / unbiased.Errors[0].Error;
        Assert.InRange(fallen, 0.7 / 16, 1.3 / 16);
        Assert.Equal(biased.Offset, biased.Errors[^1].Error);
        Assert.InRange(biased.Errors[^1].Error / biased.Errors.Single(e => e.Averaged == 1024).Error, 0.9, 1.1);
    }

    [Fact]
    public void Baselines_are_warm_before_they_are_measured()
    {
        LaboratoryResult result = Benches.Finished(Benches.Of(Benches.Frozen("4-3"), 1000, "score-function", "running-baseline"));
        Assert.True(result.Measures[1].Noise < 0.7 * result.Measures[0].Noise, $"{result.Measures[0].Noise} {result.Measures[1].Noise}");
    }

    [Fact]
    public void An_equal_budget_averages_the_cheap_ones()
    {
        FrozenRun run = Benches.Frozen("4-3");
        EstimatorMeasures alone = Benches.Finished(Benches.Of(run, 2000, "score-function")).Measures[0];
        LaboratorySettings budget = new() { Estimates = 2000, Basis = ComparisonBasis.SameBudget };
        LaboratoryResult result = Benches.Finished(Benches.Of(run, budget, "score-function", "leave-one-out"));
        EstimatorMeasures averaged = result.Measures[0];
        Assert.True(averaged.EstimatesPerAnswer > 1);
        Assert.Equal(1, result.Measures[1].EstimatesPerAnswer);
        Assert.InRange(averaged.Evaluations / result.Measures[1].Evaluations, 0.75, 1.25);
        Assert.InRange(averaged.Noise * Math.Sqrt(averaged.EstimatesPerAnswer) / alone.Noise, 0.9, 1.1);
    }

    [Fact]
    public void Equal_seeds_give_equal_figures_whatever_the_slices_and_the_threads()
    {
        using WorkerTeam team = new(2);
        Assert.Equal(Figures(7, WorkerTeam.Single), Figures(64, team));
        Assert.NotEqual(Figures(64, team), Figures(64, team, seed: 2));

        static double[] Figures(int slice, WorkerTeam team, ulong seed = 1)
        {
            EstimatorLaboratory laboratory = new(
                Benches.Frozen("3-2-2", seed), new LaboratorySettings { Estimates = 200, WarmUpSteps = 20 }, [("nvil", 1), ("disarm", 1)], team, TimeProvider.System);
            return [.. Benches.Finished(laboratory, slice).Measures.SelectMany(m => new double[] { m.Offset, m.Noise, m.Cosine, m.SignalToNoise, m.PValue }.Concat(m.UnitVariances))];
        }
    }

    [Fact]
    public void The_machine_that_is_measured_stays_as_it_is()
    {
        HelmholtzMachine machine = TinyMachines.Create("4-3");
        float[] before = [.. machine.Parameters.SelectMany(p => p.Value.Flat.ToArray())];
        FrozenRun run = Benches.Frozen(machine);
        Benches.Finished(Benches.Of(run, 100, "nvil", "wake-sleep"));
        Assert.Equal(before, machine.Parameters.SelectMany(p => p.Value.Flat.ToArray()));
        Assert.Equal(before, run.Machine.Parameters.SelectMany(p => p.Value.Flat.ToArray()));
    }

    [Fact]
    public void The_largest_bias_stands_on_the_dartboard_at_its_full_length()
    {
        LaboratoryResult result = Benches.Finished(Benches.Of(Benches.Frozen("4-3"), 2000, "leave-one-out", "wake-phase"));
        Assert.True(result.Measures[1].IsBiased);
        Assert.Equal(result.Measures[1].Offset, result.Dartboards[1].Mean.Length(), 4);
        Assert.InRange(result.Dartboards[0].Mean.Length(), 0, result.Measures[0].Offset + 1e-5);
        Assert.Equal(260, result.Dartboards[0].Answers.Count);
        Assert.True(result.Dartboards[0].Answers.Average(point => point.LengthSquared()) <= Math.Pow(result.Measures[0].Noise, 2) * 1.4);
    }

    [Fact]
    public void Beyond_twelve_latent_units_a_long_run_stands_for_the_exact_gradient_and_says_its_error()
    {
        var settings = new ModelSettings { LatentLayers = [14] };
        HelmholtzMachine machine = new(new double[6], settings, 6, 3);
        var stream = new RandomStream(new StreamKey(3, StreamPurpose.Data));
        foreach (Parameter parameter in machine.Parameters)
            for (int r = 0; r < parameter.Value.Rows; r++) stream.FillNormal(parameter.Value.Row(r), 0.8);
        LaboratoryResult result = Benches.Finished(Benches.Of(Benches.Frozen(machine), 300, "score-function"));
        Assert.Equal((0, 1200), (result.Configurations, result.ReferenceEstimates));
        Assert.InRange(result.ReferenceError, 1e-5, 0.05);
        Assert.False(result.Measures[0].IsBiased);
    }

    [Fact]
    public void An_unknown_estimator_is_refused() =>
        Assert.Throws<InvalidInputException>(() => Benches.Of(Benches.Frozen("3-2"), 10, "no-such"));
}
