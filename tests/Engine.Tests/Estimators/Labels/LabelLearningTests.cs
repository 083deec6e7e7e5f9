using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Labels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators.Labels;

/// <summary>Labels summed out, around every estimator: the expected update, summed over everything that may be drawn, is the
/// gradient of Σ_y q(y | x) [ℓ_y − log q(y | x)], and of ℓ_y + α log q(y | x) where the label is known.</summary>
public class LabelLearningTests
{
    private const double Alpha = 1.7;
    private const int KnownLabel = 1;

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            foreach (string machine in new[] { "3-1 labels 3", "3-1 labels 2 tanh 3" })
            {
                MachineShape shape = TinyMachines.Create(machine).Shape;
                var settings = new TrainingSettings { LabelInference = LabelInference.Exact, Samples = 2, RecognitionLearning = RecognitionLearning.Wake };
                bool isSound = estimator.RecognitionUnbiased || estimator.Recognition != ClaimedObjective.Elbo;
                if (isSound && SuitedLayers.IsDefined(estimator.Key, shape) && Allows(settings with { Estimator = estimator.Key }, shape))
                    cases.Add(estimator.Key, machine);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_expected_update_is_the_gradient_of_the_bound_with_its_labels_summed_out(string key, string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        foreach (Estimator estimator in new[] { EveryEstimator.Create(key, machine), EveryEstimator.CreateWithPast(key, machine) })
        {
            if (double.IsInfinity(estimator.Divisor(0))) continue;
            var batch = new MarginalBatch(machine, estimator.MinimumSamples, KnownLabel);
            (double[] generative, double[] recognition) = batch.Update(estimator, Alpha);
            (double[] generativeInDouble, double[] recognitionInDouble) = batch.UpdateInDouble(estimator, Alpha);
            double[] exactGenerative = batch.Gradient(machine.Generative.Parameters, estimator, 0);
            Holds(generative, exactGenerative, ExpectedUpdate.FloatTolerance);
            Holds(generativeInDouble, exactGenerative, ExpectedUpdate.DoubleTolerance);
            if (estimator.Description.Recognition is ClaimedObjective.Elbo or ClaimedObjective.ImportanceWeightedBound)
            {
                double[] ofBounds = batch.Gradient(machine.Recognition.Parameters, estimator, 0);
                double[] ofAll = batch.Gradient(machine.Recognition.Parameters, estimator, Alpha);
                double[] exact = [.. ofBounds.Zip(ofAll, (bounds, all) => bounds / estimator.Divisor(0) + all - bounds)];
                Holds(recognition, exact, ExpectedUpdate.FloatTolerance);
                Holds(recognitionInDouble, exact, ExpectedUpdate.DoubleTolerance);
            }
        }
    }

    [Theory]
    [InlineData("3-1 labels 3")]
    [InlineData("3-1 labels 2 tanh 3")]
    public void The_derivative_by_the_label_s_logits_is_exact_in_double(string description)
    {
        (double[] update, double[] exact) = DerivativeOfLabel(description, (q, bounds, gradient) => LabelMarginal.Gradient(q, bounds, gradient));
        Assert.True(States.RelativeError(update, exact) < ExpectedUpdate.DoubleTolerance);
    }

    [Theory]
    [InlineData("3-1 labels 3")]
    [InlineData("3-1 labels 2 tanh 3")]
    public void Leaving_out_the_entropy_of_the_label_is_found(string description)
    {
        (double[] update, double[] exact) = DerivativeOfLabel(description, (q, bounds, gradient) =>
        {
            double[] withoutEntropy = [.. bounds.Zip(q, (bound, logQ) => bound + logQ)];
            LabelMarginal.Gradient(q, withoutEntropy, gradient);
        });
        Assert.True(States.RelativeError(update, exact) > 20 * ExpectedUpdate.FloatTolerance);
    }

    /// <summary>Given a draw of z for every label, the mean over y ~ q(y | x) of the update from label y and its z is the update with
    /// labels summed out, of θ and of the label's logits, so that by the theorem of Rao and Blackwell no variance there is larger. Of z's
    /// own logits it is not, because −log q(y | x) stands in the signal of a label that is drawn alone.</summary>
    [Theory]
    [InlineData("score-function")]
    [InlineData("wake-sleep")]
    public void Summing_labels_out_leaves_less_variance_than_drawing_them(string key)
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 3");
        Estimator estimator = EveryEstimator.Create(key, machine);
        var batch = new MarginalBatch(machine, 1, KnownLabel);
        var reference = new ReferenceMachine(machine);
        for (int example = 1; example < 3; example++)
        {
            var summedOut = batch.Updates(estimator, example).ToList();
            var drawn = reference.LatentStates(batch.Data[example]).Select(state => Drawn(machine, reference, estimator, state)).ToList();
            Assert.True(LeavesLess(summedOut.Select(u => (u.Probability, u.Generative)), drawn.Select(u => (u.Probability, u.Generative)), _ => true));
            if (estimator.Description.Recognition != ClaimedObjective.Elbo) continue;
            Assert.True(LeavesLess(summedOut.Select(u => (u.Probability, u.Recognition)), drawn.Select(u => (u.Probability, u.Recognition)), IsOfLabel));
        }

        // Weights [3, 4] and biases [1, 4] of three classes and one bit.
        static bool IsOfLabel(int parameter) => parameter < 16 && parameter % 4 < 3;
    }

    private static (double Probability, double[] Generative, double[] Recognition) Drawn(
        HelmholtzMachine machine, ReferenceMachine reference, Estimator estimator, double[][] state)
    {
        estimator.AccumulateWake(machine, States.Fill(machine, [state]), [1], 1, WorkerTeam.Single);
        return (Math.Exp(reference.LogRecognition(state)), States.TakeGradient(machine.Generative.Parameters), States.TakeGradient(machine.Recognition.Parameters));
    }

    /// <summary>Whether every parameter asked for varies no more, and all of them together clearly less.</summary>
    private static bool LeavesLess(
        IEnumerable<(double, double[])> less, IEnumerable<(double, double[])> more, Func<int, bool> isAsked)
    {
        (double[] one, double[] other) = (Variances(less), Variances(more));
        int[] asked = [.. Enumerable.Range(0, one.Length).Where(isAsked)];
        return asked.All(i => one[i] <= other[i] + 1e-6 * (1 + other[i])) && asked.Sum(i => one[i]) < 0.9 * asked.Sum(i => other[i]);
    }

    private static double[] Variances(IEnumerable<(double Probability, double[] Update)> outcomes)
    {
        var all = outcomes.ToList();
        Assert.Equal(1, all.Sum(outcome => outcome.Probability), 1e-9);
        return [.. all[0].Update.Select((_, i) => all.Sum(o => o.Probability * o.Update[i] * o.Update[i])
            - Math.Pow(all.Sum(o => o.Probability * o.Update[i]), 2))];
    }

    [Fact]
    public void The_first_row_of_every_example_has_a_label_drawn_from_recognition()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-1 labels 3");
        const int Examples = 6000;
        var learning = new LabelLearning(machine);
        int[] unknown = [.. Enumerable.Repeat(-1, Examples)];
        float[] weights = [.. Enumerable.Repeat(1f / Examples, Examples)];
        learning.Begin(new BitMatrix(Examples, 3), unknown, weights, LabelInference.Exact, new StreamKey(1, StreamPurpose.Wake), WorkerTeam.Single);
        var reference = new ReferenceMachine(machine);
        List<double[][]> states = reference.LatentStates(new double[3]);
        for (int label = 0; label < 3; label++)
        {
            double p = Math.Exp(reference.LogLabel(states.First(state => state[1][label] == 1)));
            int first = Enumerable.Range(0, Examples).Count(b => learning.Labels[3 * b] == label);
            Assert.InRange(first, Examples * p - 4 * Math.Sqrt(Examples * p * (1 - p)), Examples * p + 4 * Math.Sqrt(Examples * p * (1 - p)));
            Assert.Equal(p / Examples, learning.Weights[learning.Labels.IndexOf(label)], 1e-8);
        }

        Assert.Equal(3 * Examples, learning.Examples.Rows);
        Assert.Equal(7, learning.Origin(22));
    }

    [Fact]
    public void What_summing_labels_out_is_not_defined_for_is_refused_in_one_line()
    {
        var exact = new TrainingSettings { LabelInference = LabelInference.Exact, Estimator = "score-function" };
        MachineShape deep = TinyMachines.Create("3-1-1 labels 2").Shape, shallow = TinyMachines.Create("3-1 labels 3").Shape;
        Refused(exact, deep, "setting LabelInference: expected Sampled where there is more than one latent layer, found Exact");
        Refused(exact with { Estimator = "reweighted-wake-sleep", RecognitionLearning = RecognitionLearning.Wake }, shallow,
            "setting LabelInference: expected Sampled for reweighted-wake-sleep that learns recognition from data, found Exact");
        TrainerSettingsCheck.Check(exact, shallow);
        TrainerSettingsCheck.Check(exact, TinyMachines.Create("3-2-2").Shape);
    }

    private static void Holds(double[] update, double[] exact, double tolerance)
    {
        double error = States.RelativeError(update, exact);
        Assert.True(error < tolerance, $"relative error {error}");
    }

    private static void Refused(TrainingSettings settings, MachineShape shape, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => TrainerSettingsCheck.Check(settings, shape)).Message);

    private static bool Allows(TrainingSettings settings, MachineShape shape)
    {
        try
        {
            TrainerSettingsCheck.Check(settings, shape);
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    /// <summary>λ's derivative of U through q(y | x) alone, by a rule for the label's logits and by central differences.</summary>
    private static (double[] Update, double[] Exact) DerivativeOfLabel(string description, Action<double[], double[], double[]> rule)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        int classes = machine.Settings.Classes;
        double[] x = [1, 0, 1];
        double[][][] ofLabel = [.. Enumerable.Range(0, classes).Select(c => reference.LatentStates(x).First(state => state[1][c] == 1))];
        double[] bounds = new double[classes], gradient = new double[classes];
        for (int c = 0; c < classes; c++)
        {
            reference.ObservedLabel = c;
            bounds[c] = reference.Elbo(x);
        }

        reference.ObservedLabel = -1;
        double[] logQ = [.. ofLabel.Select(reference.LogLabel)];
        rule(logQ, bounds, gradient);
        double[] update = reference.Gradient(machine.Recognition.Parameters, () =>
            reference.RecognitionLogits(ofLabel[0], 0).Take(classes).Zip(gradient, (a, g) => g * a).Sum());
        double[] exact = reference.Gradient(machine.Recognition.Parameters, () =>
            ofLabel.Select((state, c) => Math.Exp(reference.LogLabel(state)) * (bounds[c] - reference.LogLabel(state))).Sum());
        return (update, exact);
    }
}
