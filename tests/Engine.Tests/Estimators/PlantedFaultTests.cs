using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>Updates with a known fault miss the exact gradient by far more than the tolerance that sound ones are held to.
/// </summary>
public class PlantedFaultTests
{
    private const double ClearlyWrong = 500 * ExpectedUpdate.FloatTolerance;

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Omitting_the_prior_biases_is_found(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        double[] update = expected.Wake(new WakeSleep(), 1).Generative;
        Array.Clear(update, update.Length - expected.Reference.Sizes[^1], expected.Reference.Sizes[^1]);
        Rejected(update, expected.GenerativeGradient(expected.Reference.Elbo));
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Feeding_means_instead_of_samples_is_found(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        List<double[][]> means = [.. expected.Data.Select(expected.Reference.MeanState)];
        int next = 0;
        double[] update = expected.GenerativeGradient(_ => expected.Reference.LogJoint(means[next++ % means.Count]));
        Rejected(update, expected.GenerativeGradient(expected.Reference.Elbo));
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Sleeping_on_the_activities_of_data_is_found(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var expected = new ExpectedUpdate(machine);
        List<double[][]> dreams = expected.Reference.AllStates();
        float[] p = [.. dreams.Select(state => (float)Math.Exp(expected.Reference.LogJoint(state)))];
        List<double[][]> onData = [.. dreams.Select((state, i) => (double[][])[expected.Data[i % 3], .. state[1..]])];
        new WakeSleep().AccumulateSleep(machine, States.Fill(machine, onData), p, 1, WorkerTeam.Single);
        Rejected(States.TakeGradient(machine.Recognition.Parameters), expected.SleepObjectiveGradient());
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Importance_weights_that_are_not_normalized_are_found(string description) =>
        RejectedWeights(description, (l, w) =>
        {
            for (int k = 0; k < l.Length; k++) w[k] = Math.Exp(l[k]) / l.Length;
        });

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Summing_over_samples_instead_of_averaging_is_found(string description)
    {
        var expected = new ExpectedUpdate(TinyMachines.Create(description));
        Rejected(expected.Wake(new Mutant((_, w) => w.Fill(1)), 2).Generative,
            expected.GenerativeGradient(expected.Reference.Elbo));
    }

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Equal_weights_are_not_importance_weights(string description) =>
        RejectedWeights(description, (l, w) => w.Fill(1.0 / l.Length));

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
