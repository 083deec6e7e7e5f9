using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Estimators;
using DreamViz.Engine.Tests.Kernels;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

/// <summary>Whole runs, large enough that the work is shared and odd enough that the shares are uneven.</summary>
public class ThreadTests
{
    private static readonly Dataset Data = new()
    {
        Name = "random",
        Width = 203,
        Height = 1,
        Training = new BitExamples(Some.Bits(250, 203, 1, 0.2)),
        Validation = new BitExamples(new BitMatrix(0, 203)),
        Test = new BitExamples(new BitMatrix(0, 203)),
    };

    /// <summary>Every rule with and without hidden layers and autoregressive parts, each size of batch with one of the two, each optimizer in turn.
    /// </summary>
    public static TheoryData<string, RecognitionLearning, OptimizerKind, bool, int, int> Runs()
    {
        TheoryData<string, RecognitionLearning, OptimizerKind, bool, int, int> runs = [];
        var rules =
            from estimator in EstimatorCatalog.All
            from learning in Enum.GetValues<RecognitionLearning>().DistinctBy(EstimatorCatalog.Create(estimator.Key).Shares)
            select (estimator.Key, learning);
        (int Batch, int Steps)[] sizes = [(1, 60), (7, 40), (100, 10), (20, 20)];
        foreach ((int rule, (string estimator, RecognitionLearning learning)) in rules.Index())
        {
            foreach ((int size, (int batch, int steps)) in sizes.Index())
            {
                var optimizer = (OptimizerKind)((rule + size) % 3);

                // Exact enumeration makes a row of every latent state of every example.
                int fewer = estimator == "exact" ? 10 : 1;
                runs.Add(estimator, learning, optimizer, (rule + size) % 2 == 0, batch, steps / fewer);
            }
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void One_two_three_or_eight_threads_end_in_the_same_bits(
        string estimator, RecognitionLearning learning, OptimizerKind optimizer, bool hidden, int batch, int steps)
    {
        double rate = optimizer == OptimizerKind.Sgd ? 0.1 : 0.003;
        TrainingSettings settings = new()
        {
            Estimator = estimator,
            Samples = EstimatorCatalog.Create(estimator).UsualSamples,
            RecognitionLearning = learning,
            Optimizer = optimizer,
            BatchSize = batch,
            GenerativeRate = rate,
            RecognitionRate = rate,
        };
        ModelSettings model = new() { LatentLayers = SuitedLayers.Of(estimator, [131, 67]), HiddenLayers = hidden ? [37] : [] };
        if (hidden) model = model with { Autoregressive = SuitedLayers.Autoregressive(estimator, model.LatentLayers) };
        if (EstimatorCatalog.Create(estimator).Scheme is SamplingScheme.Enumeration or SamplingScheme.Flips) steps /= 10;
        string expected = Run(settings, model, steps, 1);
        foreach (int threads in new[] { 2, 3, 8 }) Assert.Equal(expected, Run(settings, model, steps, threads));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void What_is_read_between_steps_is_the_same_and_what_is_written_counts(int threads)
    {
        string[] expected = RunWithVisitors(1), actual = RunWithVisitors(threads);
        Assert.Equal(expected, actual);
        Assert.Equal(expected.Length, expected.Distinct().Count());
    }

    // Logits and parameters after every third step; once a weight is changed by hand.
    private static string[] RunWithVisitors(int threads)
    {
        TrainingSettings settings = new() { Estimator = "wake-sleep", BatchSize = 100, GenerativeRate = 0.1, RecognitionRate = 0.1 };
        using WorkerTeam team = new(threads);
        Trainer trainer = new(Data, new ModelSettings { LatentLayers = [131, 67] }, settings, 7, team);
        List<string> seen = [];
        for (int i = 0; i < 12; i++)
        {
            trainer.TakeStep(StepPhases.Both);
            HelmholtzMachine copy = trainer.Machine.Clone();
            seen.Add(string.Join(' ', copy.Generative.Layers[0].Parameters[0].Value.Row(5).ToArray()));
            if (i % 3 > 0) continue;
            if (i == 6) trainer.Machine.Generative.Layers[0].Parameters[0].Value[3, 200] = 1;
            seen.Add(SmallRuns.Hash(trainer));
            seen.Add(string.Join(' ', trainer.WakeLogits(0).Row(99).ToArray()));
            seen.Add(string.Join(' ', trainer.WakeGenerativeLogits(1).Row(50).ToArray()));
            seen.Add(string.Join(' ', trainer.DreamLogits(0).Row(7).ToArray()));
            Assert.Null(trainer.FindNonFinite());
        }

        return [.. seen];
    }

    private static string Run(TrainingSettings settings, ModelSettings model, int steps, int threads)
    {
        using WorkerTeam team = new(threads);
        Trainer trainer = new(Data, model, settings, 7, team);
        for (int i = 0; i < steps; i++) trainer.TakeStep(StepPhases.Both);
        Assert.Null(trainer.FindNonFinite());
        return SmallRuns.Hash(trainer);
    }
}
