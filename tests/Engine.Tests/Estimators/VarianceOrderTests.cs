using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>The orders of variances that theory guarantees, for the update by every logit of q and from every example, as finite sums.
/// Most are the theorem of Rao and Blackwell: Var E[g | T] ≤ Var g.</summary>
public class VarianceOrderTests
{
    private const double Rounding = 1e-5;

    /// <summary>E[gᵢ | the other units] is the update of local expectation for every g of the form f·sᵢ less what the other units
    /// decide, and for those that take away from f·sᵢ something whose mean over zᵢ they add again: analytic KL, because
    /// log p(zᵢ) − log q(zᵢ | x) changes by aᵢ − ηᵢ as zᵢ turns on; MuProp, because f′(μ)ᵢ(zᵢ − μᵢ)sᵢ has the mean f′(μ)ᵢ σ(1 − σ).
    /// So what they vary more is exactly the unit's own chance, E Var(gᵢ | the other units).</summary>
    [Theory]
    [InlineData("score-function")]
    [InlineData("running-baseline")]
    [InlineData("input-baseline")]
    [InlineData("variance-normalization")]
    [InlineData("nvil")]
    [InlineData("black-box")]
    [InlineData("analytic-kl")]
    [InlineData("muprop")]
    public void Summing_out_a_unit_s_own_chance_leaves_the_least_variance_of_all_that_learn_from_one_draw(string key)
    {
        foreach (string description in new[] { "3-2", "4-3", "3-2 tanh 3", "4-2 words 2-3", "3-2 fixed 0.3", "3-2 darn visible" })
        {
            HelmholtzMachine machine = TinyMachines.Create(description);
            if (!SuitedLayers.IsDefined(key, machine.Shape)) continue;
            var variance = new UpdateVariance(machine);
            Estimator other = EveryEstimator.CreateWithPast(key, machine);
            double[][] local = variance.OfUnits(EveryEstimator.Create("local-expectation", machine), 1);
            double divisor = other.Divisor(0);
            double[][] all = Scaled(variance.OfUnits(other, 1), divisor * divisor), own = Scaled(variance.OfOwnChance(other), divisor * divisor);
            NowhereMore(local, all);
            for (int n = 0; n < all.Length; n++)
            {
                for (int i = 0; i < all[n].Length; i++) Assert.Equal(all[n][i] - own[n][i], local[n][i], Rounding * all[n][i]);
            }

            Assert.All(local, units => Assert.True(units.Sum() > 0));
        }
    }

    /// <summary>The mean of ARM given both bits of every unit is DisARM, so ARM has the variance of DisARM and, besides, the mean of
    /// what its noise still varies. By the parameters of a linear layer: times 1 + ‖x‖².</summary>
    [Theory]
    [InlineData("3-2")]
    [InlineData("4-3")]
    public void Arm_has_the_variance_of_disarm_and_that_of_the_noise_that_disarm_forgets(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var variance = new UpdateVariance(machine);
        double forgotten = 0, disarm = 0;
        double[][] ofDisarm = variance.OfUnits(EveryEstimator.Create("disarm", machine), 1);
        foreach ((int n, double[] x) in variance.Data.Index())
        {
            double scale = (1 + x.Sum(bit => bit * bit)) / (variance.Data.Count * variance.Data.Count);
            disarm += scale * ofDisarm[n].Sum();
            forgotten += scale * ForgottenVariance(machine, x);
        }

        double arm = new SampledUpdate(machine).Wake(EveryEstimator.Create("arm", machine), 1).Recognition.Variance;
        Assert.InRange(arm / (disarm + forgotten), 0.9, 1.1);
        Assert.True(forgotten > 0.2 * disarm, $"{forgotten} is too little beside {disarm} to be seen");
    }

    /// <summary>Of one unit: Δ²mM²(½ − m) against Δ²mM(½ − mM), Δ = f(1) − f(0), m and M the smaller and the larger of σ and 1 − σ.
    /// </summary>
    [Fact]
    public void Of_one_unit_opposite_pairs_leave_less_variance_than_independent_ones()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1");
        foreach (float bias in new[] { -4f, -1, -0.1f, 0, 0.5f, 2, 5 })
        {
            machine.Recognition.Layers[0].OutputBiases.Value[0, 0] = bias;
            (double[][] pairs, double[][] independent) = OppositeAndIndependent(machine);
            NowhereMore(pairs, independent);
        }
    }

    /// <summary>Of several units no theorem orders them: where unit 0 nearly always is on and changes nothing, its score is ±½M in
    /// every pair in which it differs, ±½ in only a share M of the independent ones, and there the other units, each
    /// other's opposites, change f more.</summary>
    [Fact]
    public void Of_several_units_opposite_pairs_may_leave_more_variance_than_independent_ones()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-2");
        foreach (ConditionalLayer layer in machine.Recognition.Layers.Append(machine.Generative.Layers[0]))
            layer.OutputWeights!.Value.Clear();
        machine.Generative.Layers[0].OutputWeights!.Value.Row(1).Fill(3);
        Span<float> q = machine.Recognition.Layers[0].OutputBiases.Value.Row(0);
        (q[0], q[1]) = (2, 0);
        machine.Generative.Prior.OutputBiases.Value[0, 0] = 2;
        (double[][] pairs, double[][] independent) = OppositeAndIndependent(machine);
        for (int n = 0; n < pairs.Length; n++) Assert.True(pairs[n][0] > 1.2 * independent[n][0]);
    }

    /// <summary>Leave-one-out is the mean of ½[f(zʲ) − f(zᵏ)](sʲ − sᵏ) over all pairs of draws, a U-statistic: K times its variance
    /// falls with K. Source: Hoeffding, "A class of statistics with asymptotically normal distribution", 1948.</summary>
    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2 tanh 3")]
    public void Leave_one_out_gains_more_by_a_draw_than_independent_repetition_would(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var variance = new UpdateVariance(machine);
        Estimator estimator = EstimatorCatalog.Create("leave-one-out");
        NowhereMore(Scaled(variance.OfUnits(estimator, 3), 3), Scaled(variance.OfUnits(estimator, 2), 2));
    }

    /// <summary>E‖(f − c)s‖² is a parabola in c with its lowest point at E[f‖s‖²]/E[‖s‖²]: of each example by itself it is nowhere lower
    /// than at its own, and all examples together gain by having one each.</summary>
    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void A_best_baseline_for_every_example_leaves_less_variance_than_one_for_all_and_that_less_than_none(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var variance = new UpdateVariance(machine);
        (double Constant, double MeanSquareScore)[] best = variance.BestOfExamples();
        double shared = best.Sum(b => b.Constant * b.MeanSquareScore) / best.Sum(b => b.MeanSquareScore);
        double[] none = With(0), one = With(shared);
        double[] own = [.. best.Select((b, n) => With(b.Constant)[n])];
        Assert.True(one.Sum() < none.Sum());
        Assert.True(own.Sum() < one.Sum());
        for (int n = 0; n < own.Length; n++)
            Assert.Equal(none[n] - best[n].Constant * best[n].Constant * best[n].MeanSquareScore, own[n], Rounding * none[n]);

        double[] With(double constant) =>
            [.. variance.OfUnits(EveryEstimator.WithConstant(machine, constant), 1).Select(units => units.Sum())];
    }

    /// <summary>Where pictures do not depend on the latents, all that unit i can change of f, fᵢ, is its own, and E[f·sᵢ | zᵢ] =
    /// (fᵢ + E[f − fᵢ])·sᵢ: with the best scale of its own a unit has less variance than with all terms and any baseline. In
    /// other machines what is left out may have cancelled what stays: no theorem orders them.</summary>
    [Theory]
    [InlineData("4-3")]
    [InlineData("3-2 tanh 3")]
    [InlineData("3-2 fixed 0.3")]
    public void Leaving_out_what_others_alone_decide_leaves_less_variance_than_any_baseline(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        foreach (Parameter parameter in machine.Generative.Layers[0].Parameters.Where(parameter => parameter.Name.EndsWith("weights", StringComparison.Ordinal)))
            parameter.Value.Clear();
        var variance = new UpdateVariance(machine);
        variance.Data.RemoveRange(1, variance.Data.Count - 1);
        double[][] own = variance.OfUnits(Learned(machine, variance.Data), 1);
        for (double constant = -12; constant <= 12; constant += 0.5)
            NowhereMore(own, variance.OfUnits(EveryEstimator.WithConstant(machine, constant), 1));
    }

    /// <summary>One scale for every unit is chosen from more than one for all.</summary>
    [Fact]
    public void A_best_scale_for_every_unit_leaves_less_variance_than_one_baseline_for_all()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-3 darn");
        var variance = new UpdateVariance(machine);
        double own = variance.OfLogits(Learned(machine, variance.Data));
        for (double constant = -12; constant <= 12; constant += 0.5)
            Assert.True(own < variance.OfLogits(EveryEstimator.WithConstant(machine, constant)));
    }

    /// <summary>f less f_l, what layer l can change, is decided below z_l and at it; above, everything depends on z_l alone. So
    /// E[f·s | z_l and above] = (f_l + E[f − f_l | z_l])·s.</summary>
    [Theory]
    [InlineData("3-2-1-1")]
    [InlineData("3-2-1-1 tanh 3")]
    public void The_signal_of_a_layer_leaves_less_variance_than_the_whole_with_its_mean_in_place_of_what_is_below(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var variance = new UpdateVariance(machine);
        double[][] layered = variance.OfUnits(new Layered(machine), 1), whole = variance.OfUnits(EstimatorCatalog.Create("score-function"), 1);
        NowhereMore(layered, whole);
        foreach ((double[] less, double[] more) in layered.Zip(whole)) Assert.True(less[^1] < 0.99 * more[^1]);
    }

    /// <summary>At q(z | x) = p(z) the divergence and its gradient are zero, and so is what the score function has of them.</summary>
    [Fact]
    public void Where_recognition_is_the_prior_the_analytic_divergence_changes_nothing()
    {
        HelmholtzMachine machine = TinyMachines.Create("4-3");
        machine.Recognition.Layers[0].OutputWeights!.Value.Clear();
        machine.Generative.PriorBiases.CopyTo(machine.Recognition.Layers[0].OutputBiases.Value.Row(0));
        var variance = new UpdateVariance(machine);
        foreach ((double[] analytic, double[] plain) in variance.OfUnits(EveryEstimator.Create("analytic-kl", machine), 1)
            .Zip(variance.OfUnits(EstimatorCatalog.Create("score-function"), 1)))
        {
            for (int i = 0; i < plain.Length; i++) Assert.Equal(plain[i], analytic[i], Rounding * plain[i]);
        }
    }

    /// <summary>Nothing orders analytic KL and the score function: at the posterior f = log p(x) whatever z, so that the right constant
    /// takes all variance away, while log p(x | z) alone still varies.</summary>
    [Fact]
    public void At_the_posterior_the_score_function_has_no_variance_and_the_analytic_divergence_has()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1");
        Matrix weights = machine.Generative.Layers[0].OutputWeights!.Value;
        ReadOnlySpan<float> biases = machine.Generative.Layers[0].OutputBiases.Value.Row(0);
        double posterior = machine.Generative.PriorBiases[0];
        for (int i = 0; i < 3; i++)
        {
            machine.Recognition.Layers[0].OutputWeights!.Value[i, 0] = weights[0, i];
            posterior -= Math.Log((1 + Math.Exp(biases[i] + weights[0, i])) / (1 + Math.Exp(biases[i])));
        }

        machine.Recognition.Layers[0].OutputBiases.Value[0, 0] = (float)posterior;
        var variance = new UpdateVariance(machine);
        double[][] analytic = variance.OfUnits(EveryEstimator.Create("analytic-kl", machine), 1);
        foreach ((int n, double[] x) in variance.Data.Index())
        {
            double logLikelihood = new ReferenceMachine(machine).LogLikelihood(x);
            double plain = variance.OfUnits(EveryEstimator.WithConstant(machine, logLikelihood), 1)[n][0];
            Assert.InRange(plain, -1e-9, 1e-9);
            Assert.True(analytic[n][0] > 0.01);
        }
    }

    private static (double[][] Pairs, double[][] Independent) OppositeAndIndependent(HelmholtzMachine machine)
    {
        var variance = new UpdateVariance(machine);
        return (variance.OfUnits(EveryEstimator.Create("disarm", machine), 1), variance.OfUnits(EstimatorCatalog.Create("leave-one-out"), 2));
    }

    /// <summary>Σᵢ E[(f(z) − f(z̃))² Var(uᵢ | zᵢ, z̃ᵢ)]: u is uniform over a length of m where the bits differ, and over 1 − 2m, m the
    /// smaller of σ and 1 − σ, where they do not.</summary>
    private static double ForgottenVariance(HelmholtzMachine machine, double[] x)
    {
        var reference = new ReferenceMachine(machine);
        List<double[][]> latent = reference.LatentStates(x);
        double F(int state) => reference.LogJoint(latent[state]) - reference.LogRecognition(latent[state]);
        return Outcome.All(reference, x, SamplingScheme.AntitheticBranches, 1).Sum(outcome =>
        {
            (int one, int other) = (outcome.States[0], outcome.States[1]);
            double[] lengths = [.. reference.RecognitionLogits(latent[one], 0).Select((a, i) =>
            {
                double m = 1 / (1 + Math.Exp(Math.Abs(a)));
                return latent[one][1][i] == latent[other][1][i] ? 1 - 2 * m : m;
            })];
            return outcome.Probability * Math.Pow(F(one) - F(other), 2) * lengths.Sum(length => length * length / 12);
        });
    }

    /// <summary>Black-box inference with the scales that are best for these data.</summary>
    private static Estimator Learned(HelmholtzMachine machine, List<double[]> data)
    {
        Estimator estimator = EveryEstimator.Create("black-box", machine);
        var expected = new ExpectedUpdate(machine);
        expected.Data.Clear();
        expected.Data.AddRange(data);
        expected.Wake(estimator, 1);
        estimator.Adapt(new TrainingSettings(), WorkerTeam.Single);
        return estimator;
    }

    private static double[][] Scaled(double[][] variances, double scale) =>
        [.. variances.Select(units => units.Select(v => v * scale).ToArray())];

    private static void NowhereMore(double[][] less, double[][] more)
    {
        for (int n = 0; n < more.Length; n++)
        {
            for (int i = 0; i < more[n].Length; i++)
                Assert.True(less[n][i] <= more[n][i] * (1 + Rounding), $"example {n}, unit {i}: {less[n][i]} is above {more[n][i]}");
        }
    }

    /// <summary>Every layer's own signal, with E[f − f_l | z_l] for what is missing.</summary>
    private sealed class Layered(HelmholtzMachine machine) : Estimator
    {
        private readonly ReferenceMachine reference = new(machine);

        public override EstimatorDescription Description => new ScoreFunction().Description;

        public override void Weigh(LogTerms terms, RowWeights weights) => LocalSignals.Weigh(terms, weights);

        public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
        {
            double[] x = [.. Enumerable.Range(0, machine.LayerSizes[0]).Select(i => sample.Bits(0)[0, i] ? 1.0 : 0)];
            List<double[][]> latent = reference.LatentStates(x);
            Assert.Equal(latent.Count, terms.Rows);
            for (int l = 1; l < terms.LatentLayers; l++)
            {
                foreach (IGrouping<string, (int Index, double[][] State)> alike in latent.Index().GroupBy(pair => string.Join(' ', pair.Item[l])))
                {
                    double q = alike.Sum(pair => Math.Exp(reference.LogRecognition(pair.State)));
                    double mean = alike.Sum(pair => Math.Exp(reference.LogRecognition(pair.State)) * Below(pair.State, l)) / q;
                    foreach ((int row, _) in alike) terms.Predictions(l)[row] = -mean;
                }
            }
        }

        private double Below(double[][] state, int layer) =>
            Enumerable.Range(0, layer).Sum(l => reference.LogGenerative(state, l) - reference.LogRecognition(state, l));
    }
}
