using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Estimators;
using DreamViz.Engine.Tests.Kernels;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

/// <summary>Bytes that the whole process allocates in steady use, on all threads; so it must be a process that does nothing
/// else.</summary>
internal static class Allocations
{
    /// <summary>Estimators that are also tried with a label drawn.</summary>
    public static readonly string[] WithLabels = ["analytic-kl", "local-expectation", "concrete", "straight-through", "muprop"];

    /// <summary>Estimators that are also tried with real-valued units.</summary>
    public static readonly string[] WithGaussianLatents = ["wake-sleep", "nvil", "vimco"];

    /// <summary>Estimators that are also tried with real-valued units beside the top of two layers.</summary>
    public static readonly string[] WithGaussianLatentsInStacks = ["concrete", "straight-through", "muprop", "rebar", "local-expectation", "exact"];

    private const int Windows = 8, StepsToAWindow = 6;

    /// <summary>The child: prints bytes and what allocated them, a line for every kernel size, estimator, optimizer and number of
    /// threads.</summary>
    public static int Print()
    {
        foreach (int threads in new[] { 1, 3 })
        {
            using WorkerTeam team = new(threads);
            Console.Out.WriteLine($"{OfKernels(team)} kernels, {threads} threads");
            foreach ((string name, TrainingSettings settings) in EveryRule())
            {
                Console.Out.WriteLine($"{OfSteps(settings, [], team)} {name}, {threads} threads");
                Console.Out.WriteLine($"{OfSteps(settings, [33], team)} {name}, hidden layer, siblings, {threads} threads");
            }

            foreach (LabelInference inference in Enum.GetValues<LabelInference>())
                Console.Out.WriteLine($"{OfLabeledSteps(inference, team)} labels, {inference}, {threads} threads");
            foreach (string estimator in WithLabels)
                Console.Out.WriteLine($"{OfLabeledSteps(LabelInference.Sampled, team, estimator)} {estimator}, labels, {threads} threads");
            foreach (string estimator in WithGaussianLatents)
                Console.Out.WriteLine($"{OfLabeledSteps(LabelInference.Sampled, team, estimator, gaussianLatents: 3)} {estimator}, Gaussian latents, {threads} threads");
            foreach (string estimator in WithGaussianLatentsInStacks)
                Console.Out.WriteLine($"{OfGaussianStack(estimator, team)} {estimator}, Gaussian latents in a stack, {threads} threads");
        }

        return 0;
    }

    /// <summary>Every estimator with every share of recognition learning, each optimizer in turn: they know nothing of each other.
    /// </summary>
    public static IEnumerable<(string Name, TrainingSettings Settings)> EveryRule() =>
        from rule in EstimatorCatalog.All.SelectMany(Learning).Index()
        let optimizer = (OptimizerKind)(rule.Index % Enum.GetValues<OptimizerKind>().Length)
        select ($"{rule.Item.Estimator}, {rule.Item.Learning}, {optimizer}", new TrainingSettings
        {
            Estimator = rule.Item.Estimator,
            Samples = 5,
            RecognitionLearning = rule.Item.Learning,
            Optimizer = optimizer,
            GenerativeRate = 0.01,
            RecognitionRate = 0.01,
        });

    private static IEnumerable<(string Estimator, RecognitionLearning Learning)> Learning(EstimatorDescription estimator) =>
        Enum.GetValues<RecognitionLearning>().DistinctBy(EstimatorCatalog.Create(estimator.Key).Shares)
            .Select(learning => (estimator.Key, learning));

    private static long OfKernels(WorkerTeam team)
    {
        EveryKernel large = new(100, 300, 200), small = new(20, 24, 12);
        return FewestBytes(() =>
        {
            large.Run(team);
            small.Run(team);
        });
    }

    private static long OfSteps(TrainingSettings settings, int[] hiddenLayers, WorkerTeam team)
    {
        ModelSettings model = new() { LatentLayers = SuitedLayers.Of(settings.Estimator, [130, 100]), HiddenLayers = hiddenLayers };
        if (hiddenLayers.Length > 0) model = model with { Autoregressive = SuitedLayers.Autoregressive(settings.Estimator, model.LatentLayers) };
        Trainer trainer = SmallRuns.Trainer(settings: settings, team: team, model: model);
        return FewestBytes(() =>
        {
            trainer.TakeStep(StepPhases.Both);
            Assert.Null(trainer.FindNonFinite());
        });
    }

    private static long OfLabeledSteps(LabelInference inference, WorkerTeam team, string estimator = "nvil", int gaussianLatents = 0)
    {
        ModelSettings model = new() { LatentLayers = [20], Classes = 10, GaussianLatents = gaussianLatents };
        TrainingSettings settings = new() { Estimator = estimator, Samples = 2, LabelInference = inference, GenerativeRate = 0.01, RecognitionRate = 0.01 };
        var trainer = new Trainer(DataCatalog.Open("digits"), model, settings, 1, team);
        return FewestBytes(() => trainer.TakeStep(StepPhases.Both));
    }

    private static long OfGaussianStack(string estimator, WorkerTeam team)
    {
        TrainingSettings settings = new() { Estimator = estimator, Samples = 2, GenerativeRate = 0.01, RecognitionRate = 0.01 };
        var trainer = new Trainer(DataCatalog.Open("digits"), new ModelSettings { LatentLayers = [6, 3], GaussianLatents = 3 }, settings, 1, team);
        return FewestBytes(() => trainer.TakeStep(StepPhases.Both));
    }

    // What every step allocates is in every window; what the runtime allocates once, such as at the first contended lock, is not.
    private static long FewestBytes(Action step)
    {
        long fewest = long.MaxValue;
        for (int window = 0; window < Windows && fewest > 0; window++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < StepsToAWindow; i++) step();
            fewest = Math.Min(fewest, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return fewest;
    }
}
