using System.Numerics.Tensors;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Antithetic;
using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>Updates with a known fault miss the exact gradient by far more than the tolerance that sound ones are held to.
/// </summary>
public class PlantedFaultTests
{
    private const double ClearlyWrong = 20 * ExpectedUpdate.FloatTolerance;

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Omitting_the_prior_biases_is_found(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] update = expected.Wake(new WakeSleep(), 1).Generative;
        Array.Clear(update, update.Length - expected.Reference.Sizes[^1], expected.Reference.Sizes[^1]);
        Rejected(update, expected.GenerativeGradient(expected.Reference.Elbo));
    }

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Feeding_means_instead_of_samples_is_found(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        List<double[][]> means = [.. expected.Data.Select(expected.Reference.MeanState)];
        int next = 0;
        double[] update = expected.GenerativeGradient(_ => expected.Reference.LogJoint(means[next++ % means.Count]));
        Rejected(update, expected.GenerativeGradient(expected.Reference.Elbo));
    }

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Sleeping_on_the_activities_of_data_is_found(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var expected = new ExpectedUpdate(machine);
        List<double[][]> dreams = expected.Reference.AllStates();
        float[] p = [.. dreams.Select(state => (float)expected.Reference.Probability(state))];
        List<double[][]> onData = [.. dreams.Select((state, i) => (double[][])[expected.Data[i % 3], .. state[1..]])];
        new WakeSleep().AccumulateSleep(machine, States.Fill(machine, onData), p, 1, WorkerTeam.Single);
        Rejected(States.TakeGradient(machine.Recognition.Parameters), expected.SleepObjectiveGradient());
    }

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Importance_weights_that_are_not_normalized_are_found(string description) =>
        RejectedWeights(description, (l, w) =>
        {
            for (int k = 0; k < l.Length; k++) w[k] = Math.Exp(l[k]) / l.Length;
        });

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Summing_over_samples_instead_of_averaging_is_found(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        Rejected(expected.Wake(new Mutant((_, w) => w.Fill(1)), 2).Generative,
            expected.GenerativeGradient(expected.Reference.Elbo));
    }

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Equal_weights_are_not_importance_weights(string description) =>
        RejectedWeights(description, (l, w) => w.Fill(1.0 / l.Length));

    [Theory]
    [InlineData("3-2")]
    [InlineData("4-3")]
    [InlineData("3-2 tanh 3")]
    public void Leaving_the_divergence_out_of_an_analytic_objective_is_found(string description) =>
        RejectedSignals(description, 1, (terms, weights) => terms.Generative(0).CopyTo(weights.Recognition(0)));

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Leaving_the_prior_out_of_the_learning_signal_is_found(string description) =>
        RejectedSignals(description, 1, (terms, weights) =>
        {
            for (int r = 0; r < terms.Rows; r++)
                weights.Recognition(0)[r] = terms.LogWeight(r) - terms.Generative(terms.LatentLayers)[r];
            weights.ShareLowestRecognition();
        });

    [Theory]
    [InlineData("3-2-2")]
    [InlineData("3-2-1-1")]
    [InlineData("3-2-2 tanh 3")]
    [InlineData("3-2-1-1 tanh 3")]
    public void Dropping_log_q_of_the_layers_above_from_a_local_signal_is_found(string description) =>
        RejectedSignals(description, 1, (terms, weights) =>
        {
            for (int r = 0; r < terms.Rows; r++)
            {
                double above = terms.Generative(terms.LatentLayers)[r];
                for (int l = terms.LatentLayers - 1; l >= 0; l--)
                {
                    above += terms.Generative(l)[r];
                    weights.Recognition(l)[r] = above - terms.Recognition(l)[r];
                }
            }
        });

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Leaving_the_importance_weight_out_of_vimco_is_found(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] update = expected.Wake(new Faulty((terms, weights) =>
        {
            new Vimco().Weigh(terms, weights);
            for (int r = 0; r < terms.Rows; r++) weights.Recognition(0)[r] += weights.Generative[r];
            weights.ShareLowestRecognition();
        }), 2).Recognition;
        Rejected(update, expected.RecognitionGradient(x => expected.Reference.ImportanceWeighted(x, 2)));
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2-1-1")]
    [InlineData("3-2 tanh 3")]
    public void A_baseline_that_includes_the_batch_it_is_for_is_found(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] update = expected.RecognitionOfBatches(new Faulty((terms, weights) =>
        {
            double mean = Enumerable.Range(0, terms.Rows).Average(terms.LogWeight);
            for (int r = 0; r < terms.Rows; r++) weights.Recognition(0)[r] = terms.LogWeight(r) - mean;
            weights.ShareLowestRecognition();
        }), 1);
        double[] exact = expected.RecognitionGradientOfBatches(expected.Reference.Elbo);
        Rejected(update, exact);
        Assert.True(States.RelativeError(update, [.. exact.Select(g => g / 2)]) < ExpectedUpdate.FloatTolerance);
    }

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void A_baseline_that_sees_its_own_sample_is_found(string description) =>
        RejectedSignals(description, 1, (terms, weights) =>
        {
            for (int r = 0; r < terms.Rows; r++) weights.Recognition(0)[r] = terms.LogWeight(r) - 0.5 * terms.Generative(0)[r];
            weights.ShareLowestRecognition();
        });

    [Theory]
    [InlineData("3-2-2")]
    [InlineData("3-2-1-1")]
    [InlineData("3-2-2 tanh 3")]
    public void Comparing_an_antithetic_draw_with_the_branch_of_another_layer_is_found(string description) =>
        RejectedPairs(description, (terms, weights) =>
        {
            for (int l = 0; l < terms.LatentLayers; l++) weights.Recognition(0).CopyTo(weights.Recognition(l));
        });

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Counting_both_of_an_antithetic_pair_as_one_is_found(string description) =>
        RejectedPairs(description, (terms, weights) =>
        {
            for (int r = 0; r < terms.Rows; r++) weights.Recognition(0)[r] *= 2;
        });

    [Theory]
    [InlineData("3-2-2")]
    [InlineData("3-2-1-1")]
    [InlineData("3-3 darn")]
    [InlineData("3-2-2 tanh 3")]
    public void Forgetting_what_the_children_of_a_unit_say_about_it_in_local_expectation_is_found(string description) =>
        RejectedFlips(description, (terms, r, draw) => -terms.DrawnLogits[r]);

    [Theory]
    [InlineData("3-1 labels 3")]
    [InlineData("3-1-1 labels 2")]
    [InlineData("3-1 tanh 3 labels 2 fixed 0.3")]
    public void Forgetting_what_the_bits_beside_a_label_say_about_it_in_local_expectation_is_found(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var (expected, sound) = (new ExpectedUpdate(machine), EveryEstimator.CreateWithPast("local-expectation", machine));
        int top = machine.LayerSizes.Count - 2, first = 1 + machine.LayerSizes.Skip(1).Take(top).Sum(), classes = machine.Settings.Classes;
        double[] exact = expected.RecognitionGradient(expected.Reference.Elbo);
        Assert.True(States.RelativeError(Update(_ => { }), exact) < ExpectedUpdate.DoubleTolerance);
        Rejected(Update(terms =>
        {
            for (int r = 0; r < terms.Rows; r++)
            {
                if (r % terms.SamplesPerExample is var row && row >= first && row < first + classes)
                    terms.Recognition(top)[r] = terms.Recognition(top)[r - row] - terms.DrawnLogits[r];
            }
        }), exact);

        double[] Update(Action<LogTerms> spoil) => expected.WakeInDouble(new Faulty((terms, weights) =>
        {
            spoil(terms);
            sound.Weigh(terms, weights);
        }, SamplingScheme.Flips), 1).Recognition;
    }

    [Theory]
    [InlineData("3-2-2")]
    [InlineData("3-2-1-1")]
    public void Weighing_both_values_of_a_unit_by_all_of_p_and_q_in_local_expectation_is_found(string description) =>
        RejectedFlips(description, (terms, r, draw) => terms.LogWeight(draw) - terms.LogWeight(r));

    [Theory]
    [InlineData("3-2-2")]
    [InlineData("3-2-1-1 tanh 3")]
    public void Leaving_out_the_entropy_of_the_layers_above_from_analytic_signals_is_found(string description) =>
        RejectedExpectations(description, terms =>
        {
            for (int l = 1; l < terms.LatentLayers; l++) terms.Expected(l).Clear();
        });

    [Theory]
    [InlineData("3-3 darn")]
    [InlineData("3-2-2 darn")]
    [InlineData("3-3 labels 2")]
    public void Leaving_out_the_divergence_of_the_siblings_behind_from_analytic_signals_is_found(string description) =>
        RejectedExpectations(description, terms =>
        {
            for (int l = 0; l < terms.LatentLayers; l++) terms.Expected(l).Clear();
        });

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Omitting_the_last_term_of_muprop_is_found(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var (expected, sound) = (new ExpectedUpdate(machine), new MuProp());
        sound.Begin(machine, new TrainingSettings(), 1);
        var faulty = new Faulty(sound.Weigh, predict: sound.Predict);
        Rejected(expected.Wake(faulty, 1).Recognition, expected.RecognitionGradient(expected.Reference.Elbo));
    }

    [Fact]
    public void Expanding_the_bits_beside_a_label_in_what_muprop_tells_the_label_is_found()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-3 labels 2");
        var (expected, sound) = (new ExpectedUpdate(machine), new MuProp());
        sound.Begin(machine, new TrainingSettings(), 1);
        var faulty = new Faulty(sound.Weigh, predict: sound.Predict, slopes: sound.Slopes);
        Rejected(expected.WakeInDouble(faulty, 1).Recognition, expected.RecognitionGradient(expected.Reference.Elbo));
    }

    [Theory]
    [InlineData("3-3 darn")]
    [InlineData("3-3 darn recognition")]
    public void Expanding_the_siblings_behind_a_unit_in_muprop_is_found(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var (expected, sound) = (new ExpectedUpdate(machine), new MuProp());
        sound.Begin(machine, new TrainingSettings(), 1);
        var faulty = new Faulty(sound.Weigh, predict: (sample, terms, team) =>
        {
            sound.Predict(sample, terms, team);
            for (int r = 0; r < terms.Rows; r++) terms.Predictions(0)[r] -= TensorPrimitives.Sum<float>(sound.UnitSignals(0)!.Row(r));
        }, slopes: sound.Slopes);
        Rejected(expected.WakeInDouble(faulty, 1).Recognition, expected.RecognitionGradient(expected.Reference.Elbo));
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2-2")]
    [InlineData("3-2-2 tanh 3")]
    [InlineData("4-2 words 2-3")]
    public void Holding_the_conditional_relaxation_of_rebar_while_differentiating_is_found(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var (expected, faulty) = (new ExpectedUpdate(machine), new HeldRebar());
        faulty.Begin(machine, new TrainingSettings(), 1);
        double z = new SampledUpdate(machine).Wake(faulty, 1).Recognition.LargestZ(expected.RecognitionGradient(expected.Reference.Elbo));
        Assert.True(z > 2 * SampledUpdate.LargestSoundZ, $"{z} standard errors");
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2-2")]
    [InlineData("3-2-2 tanh 3")]
    [InlineData("4-2 words 2-3")]
    public void Moving_the_conditional_relaxation_of_rebar_as_fast_as_the_free_one_is_found(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var (expected, faulty) = (new ExpectedUpdate(machine), new HastyRebar());
        faulty.Begin(machine, new TrainingSettings(), 1);
        double z = new SampledUpdate(machine).Wake(faulty, 1).Recognition.LargestZ(expected.RecognitionGradient(expected.Reference.Elbo));
        Assert.True(z > 2 * SampledUpdate.LargestSoundZ, $"{z} standard errors");
    }

    [Theory]
    [InlineData("3-1 labels 3")]
    [InlineData("3-1-1 labels 2")]
    [InlineData("3-1 labels 2 tanh 3")]
    public void Leaving_the_recognition_of_the_label_out_of_the_learning_signal_is_found(string description) =>
        RejectedLabels(description, (reference, state) => reference.LogLabel(state));

    [Theory]
    [InlineData("3-1 labels 3")]
    [InlineData("3-1-1 labels 2")]
    [InlineData("3-1 labels 2 tanh 3")]
    public void Leaving_the_prior_of_the_label_out_of_the_learning_signal_is_found(string description) =>
        RejectedLabels(description, (reference, state) => -reference.LogPriorLabel(state));

    /// <summary>The score function with a signal that misses something.</summary>
    private static void RejectedLabels(string description, Func<ReferenceMachine, double[][], double> missing)
    {
        ReferenceMachine reference = new(TinyMachines.Create(description));
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] errors = [.. expected.Data.SelectMany(reference.LatentStates).Select(state => missing(reference, state))];
        RejectedSignals(description, 1, (terms, weights) =>
        {
            Assert.Equal(errors.Length, terms.Rows);
            for (int r = 0; r < terms.Rows; r++) weights.Recognition(0)[r] = terms.LogWeight(r) + errors[r];
            weights.ShareLowestRecognition();
        });
    }

    private static void RejectedPairs(string description, Action<LogTerms, RowWeights> spoil)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        var faulty = new Faulty((terms, weights) =>
        {
            new DisArm().Weigh(terms, weights);
            spoil(terms, weights);
        }, SamplingScheme.AntitheticBranches);
        Rejected(expected.WakeInDouble(faulty, 1).Recognition, expected.RecognitionGradient(expected.Reference.Elbo));
    }

    /// <summary>Local expectation with other odds of a flip, all other units held, where it is right with the true ones.</summary>
    private static void RejectedFlips(string description, Func<LogTerms, int, int, double> odds)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] exact = expected.RecognitionGradient(expected.Reference.Elbo);
        double[] sound = Update((terms, r, draw) => Enumerable.Range(0, terms.LatentLayers).Sum(l => terms.Recognition(l)[r] - terms.Recognition(l)[draw]));
        Assert.True(States.RelativeError(sound, exact) < ExpectedUpdate.DoubleTolerance);
        Rejected(Update(odds), exact);

        double[] Update(Func<LogTerms, int, int, double> odds) =>
            expected.WakeInDouble(new Faulty((terms, weights) => WeighFlips(terms, weights, odds), SamplingScheme.Flips), 1).Recognition;
    }

    private static void WeighFlips(LogTerms terms, RowWeights weights, Func<LogTerms, int, int, double> odds)
    {
        LocalSignals.Compute(terms, weights);
        for (int r = 0; r < terms.Rows; r++)
        {
            int draw = r - r % terms.SamplesPerExample;
            double change = r == draw ? 0 : odds(terms, r, draw), h = terms.DrawnLogits[r];
            for (int l = 0; l < terms.LatentLayers && r != draw; l++)
            {
                Span<double> rows = weights.Recognition(l);
                rows[r] = Sigmoid.Reference(-change) * Sigmoid.Reference(-h) * rows[draw] - Sigmoid.Reference(change) * Sigmoid.Reference(h) * rows[r];
            }
        }
    }

    private static void RejectedExpectations(string description, Action<LogTerms> spoil)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var (expected, sound) = (new ExpectedUpdate(machine), new AnalyticKl());
        sound.Begin(machine, new TrainingSettings(), 1);
        var faulty = new Faulty((terms, weights) =>
        {
            spoil(terms);
            sound.Weigh(terms, weights);
        }, predict: sound.Predict, unitSignals: sound.UnitSignals, addsExpectedTerms: true);
        Rejected(expected.WakeInDouble(faulty, 1).Recognition, expected.RecognitionGradient(expected.Reference.Elbo));
    }

    private static void RejectedSignals(string description, int samples, Action<LogTerms, RowWeights> weigh)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        Rejected(expected.Wake(new Faulty(weigh), samples).Recognition, expected.RecognitionGradient(expected.Reference.Elbo));
    }

    private static void RejectedWeights(string description, Weighing weigh)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        Rejected(expected.Wake(new Mutant(weigh), 2).Generative,
            expected.GenerativeGradient(x => expected.Reference.ImportanceWeighted(x, 2)));
    }

    private static void Rejected(double[] update, double[] exact)
    {
        double error = States.RelativeError(update, exact);
        Assert.True(error > ClearlyWrong, $"relative error {error}");
    }

    private delegate void Weighing(ReadOnlySpan<double> logWeights, Span<double> weights);

    /// <summary>Gives every layer its own weights, by a faulty rule.</summary>
    private sealed class Faulty(
        Action<LogTerms, RowWeights> weigh, SamplingScheme scheme = SamplingScheme.Independent,
        Action<MachineSample, LogTerms, WorkerTeam>? predict = null, Func<int, Matrix?>? unitSignals = null,
        bool addsExpectedTerms = false, Func<int, Matrix?>? slopes = null) : Estimator
    {
        public override Matrix? Slopes(int index) => slopes?.Invoke(index);

        public override Matrix? UnitSignals(int index) => unitSignals?.Invoke(index);

        public override bool AddsExpectedTerms => addsExpectedTerms;

        public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team) => predict?.Invoke(sample, terms, team);

        public override SamplingScheme Scheme => scheme;

        public override EstimatorDescription Description => new ScoreFunction().Description;

        protected override bool ReadsLogTerms => true;

        public override RecognitionShares Shares(RecognitionLearning learning) => new(1, 0);

        public override void Weigh(LogTerms terms, RowWeights weights) => weigh(terms, weights);
    }

    /// <summary>REBAR without −∂C(ζ̃)/∂η.</summary>
    private sealed class HeldRebar : RelaxedControlEstimator
    {
        public override EstimatorDescription Description => new Rebar().Description;

        private protected override void Add(int layer, RelaxedControl control, WorkerTeam team) =>
            TensorPrimitives.Add(control.Paths.Flat, Relaxed.Path(layer).Flat, control.Paths.Flat);
    }

    /// <summary>REBAR with ∂z̃/∂η = 1, as if nothing were given.</summary>
    private sealed class HastyRebar : RelaxedControlEstimator
    {
        public override EstimatorDescription Description => new Rebar().Description;

        private protected override void Add(int layer, RelaxedControl control, WorkerTeam team)
        {
            for (int r = 0; r < control.Paths.Rows; r++)
            {
                for (int i = 0; i < control.Paths.Columns; i++)
                {
                    float path = Relaxed.Path(layer)[r, i], value = control.Given.Values[r, i];
                    float hasty = Relaxed.Gradient(layer)[r, i] * value * (1 - value) / (float)Shapes.Temperature(layer);
                    control.Paths[r, i] += path - hasty;
                }
            }
        }
    }

    private sealed class Mutant(Weighing weigh) : SampleEstimator
    {
        public override EstimatorDescription Description => new ReweightedWakeSleep().Description;

        protected override bool ReadsLogTerms => true;

        public override RecognitionShares Shares(RecognitionLearning learning) => new(1, 0);

        public override void Weigh(
            ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights)
        {
            weigh(logWeights, generativeWeights);
            generativeWeights.CopyTo(recognitionWeights);
        }
    }
}
