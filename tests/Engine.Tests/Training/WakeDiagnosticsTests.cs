using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class WakeDiagnosticsTests
{
    private const double Tolerance = 2e-3;

    [Fact]
    public void Importance_weights_and_their_effective_sample_size_are_those_of_the_explanations_drawn()
    {
        (Trainer trainer, ReferenceMachine before, WakeDiagnostics diagnostics) = AfterSteps("reweighted-wake-sleep", 4);
        double[][] weights = [.. Examples(trainer).Select(rows => Normalized([.. rows.Select(state => Signal(before, state))]))];
        Assert.Equal(4, diagnostics.ImportanceWeights.Length);
        for (int k = 0; k < 4; k++) Assert.Equal(weights[0][k], diagnostics.ImportanceWeights[k], Tolerance);
        Assert.Equal(EffectiveSize(weights[0]), diagnostics.EffectiveSampleSize, Tolerance);
        Assert.Equal(weights.Average(EffectiveSize), diagnostics.MeanEffectiveSampleSize, Tolerance);
        Assert.InRange(diagnostics.MeanEffectiveSampleSize, 1, 4);
    }

    [Theory]
    [InlineData("wake-sleep", 4)]
    [InlineData("nvil", 1)]
    [InlineData("disarm", 2)]
    public void Without_independent_weighed_explanations_there_are_no_importance_weights(string estimator, int samples)
    {
        (_, _, WakeDiagnostics diagnostics) = AfterSteps(estimator, samples);
        Assert.Empty(diagnostics.ImportanceWeights);
        Assert.Equal(0, diagnostics.EffectiveSampleSize);
    }

    [Theory]
    [InlineData("wake-sleep", 1)]
    [InlineData("leave-one-out", 3)]
    public void The_units_shares_add_up_to_the_divergence(string estimator, int samples)
    {
        (Trainer trainer, ReferenceMachine before, WakeDiagnostics diagnostics) = AfterSteps(estimator, samples);
        double[][][] first = [.. Examples(trainer).Select(rows => rows[0])];
        double below = first.Average(state => before.LogRecognition(state, 0) - before.LogGenerative(state, 1));
        Assert.Equal(below, diagnostics.UnitDivergence[0].Sum(v => (double)v), Tolerance);
        for (int i = 0; i < diagnostics.UnitDivergence[1].Length; i++)
        {
            double expected = first.Average(state => Divergence(before.RecognitionLogits(state, 1)[i], PriorLogit(before, i)));
            Assert.Equal(expected, diagnostics.UnitDivergence[1][i], Tolerance);
            Assert.True(diagnostics.UnitDivergence[1][i] >= -1e-6);
        }
    }

    [Fact]
    public void Every_real_valued_unit_says_its_divergence_from_the_prior()
    {
        Trainer trainer = SmallRuns.Trainer(
            settings: SmallRuns.Settings with { Estimator = "leave-one-out", Samples = 3 },
            model: new ModelSettings { LatentLayers = [5], GaussianLatents = 2 });
        for (int i = 0; i < 20; i++) trainer.TakeStep(StepPhases.Both);
        WakeDiagnostics diagnostics = new(trainer.Machine.LayerSizes, gaussianUnits: 2);
        new WakeDiagnosticsFiller(trainer).Fill(diagnostics);
        GaussianSample gaussian = trainer.WakeGaussian!;
        for (int i = 0; i < 2; i++)
        {
            double[] all = [.. Enumerable.Range(0, trainer.WakeRows / 3).Select(b => OfNormal(gaussian.Means[3 * b, i], Math.Exp(gaussian.LogDeviations[3 * b, i])))];
            Assert.Equal(all.Average(), diagnostics.GaussianDivergence[i], 1e-5);
            Assert.True(diagnostics.GaussianDivergence[i] > 1e-4);
        }

        // Over a grid: ∫ q log (q / p).
        static double OfNormal(double mean, double deviation) => Enumerable.Range(-4000, 8001).Sum(n =>
        {
            double z = n * 0.002, g = mean + deviation * z, q = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
            return 0.002 * q * (-z * z / 2 - Math.Log(deviation) + g * g / 2);
        });
    }

    [Theory]
    [InlineData("running-baseline", false)]
    [InlineData("nvil", true)]
    public void Signals_are_what_baselines_of_the_past_leave(string estimator, bool predicts)
    {
        (Trainer trainer, ReferenceMachine before, WakeDiagnostics diagnostics) = AfterSteps(estimator, 1);
        double[] f = [.. Examples(trainer).Select(rows => Signal(before, rows[0]))];
        LearningSignals signals = Assert.NotNull(diagnostics.Signals);
        Assert.Equal(1, signals.Plain.MeanSquare / f.Average(v => v * v), 1e-4);
        Assert.Equal(1, signals.Plain.Variance / f.Average(v => Math.Pow(v - f.Average(), 2)), 1e-3);
        Assert.Equal(1, signals.Centered.Variance / signals.Plain.Variance, 1e-9);
        Assert.True(signals.Centered.MeanSquare < 0.3 * signals.Plain.MeanSquare);
        Assert.Equal(predicts, signals.Predicted is not null);
    }

    [Fact]
    public void The_first_batch_has_no_past_to_be_judged_by()
    {
        (_, _, WakeDiagnostics diagnostics) = AfterSteps("running-baseline", 1, steps: 1);
        Assert.Null(diagnostics.Signals);
    }

    /// <summary>The diagnostics of the last step, and the machine that drew its explanations.</summary>
    private static (Trainer Trainer, ReferenceMachine Before, WakeDiagnostics Diagnostics) AfterSteps(
        string estimator, int samples, int steps = 30)
    {
        TrainingSettings settings = SmallRuns.Settings with { Estimator = estimator, Samples = samples };
        Trainer trainer = SmallRuns.Trainer(settings: settings);
        for (int i = 1; i < steps; i++) trainer.TakeStep(StepPhases.Both);
        HelmholtzMachine before = trainer.Machine.Clone();
        trainer.TakeStep(StepPhases.Both);
        WakeDiagnostics diagnostics = new(trainer.Machine.LayerSizes);
        new WakeDiagnosticsFiller(trainer).Fill(diagnostics);
        return (trainer, new ReferenceMachine(before), diagnostics);
    }

    /// <summary>The states drawn for every example of the batch.</summary>
    private static IEnumerable<double[][][]> Examples(Trainer trainer) =>
        Enumerable.Range(0, trainer.WakeRows).Select(row => State(trainer, row)).Chunk(trainer.WakeSamplesPerExample);

    private static double[][] State(Trainer trainer, int row) =>
        [.. trainer.Machine.LayerSizes.Select((units, l) => Enumerable.Range(0, units).Select(i => trainer.WakeBits(l)[row, i] ? 1.0 : 0).ToArray())];

    private static double Signal(ReferenceMachine machine, double[][] state) => machine.LogJoint(state) - machine.LogRecognition(state);

    private static double[] Normalized(double[] logWeights)
    {
        double[] weights = [.. logWeights.Select(l => Math.Exp(l - logWeights.Max()))];
        return [.. weights.Select(w => w / weights.Sum())];
    }

    private static double EffectiveSize(double[] weights) => 1 / weights.Sum(w => w * w);

    private static double PriorLogit(ReferenceMachine machine, int unit)
    {
        double[][] off = [new double[16], new double[12], new double[4]], on = [off[0], off[1], new double[4]];
        on[2][unit] = 1;
        return machine.LogGenerative(on, 2) - machine.LogGenerative(off, 2);
    }

    /// <summary>KL(Bernoulli(σ(η)) ‖ Bernoulli(σ(a))).</summary>
    private static double Divergence(double eta, double a)
    {
        double q = 1 / (1 + Math.Exp(-eta)), p = 1 / (1 + Math.Exp(-a));
        return q * Math.Log(q / p) + (1 - q) * Math.Log((1 - q) / (1 - p));
    }
}
