using System.CommandLine;
using DreamViz.Engine;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;
using DreamViz.Viz.Commands.Comparing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Commands;

/// <summary><c>dreamviz compare</c>: the same network, data, seed and number of steps for every estimator.</summary>
public static class CompareCommand
{
    private const long UsualSteps = 5_000;
    private const int UsualExamples = 1_000;
    private const int UsualSamples = 500;

    private static readonly ModelSettings Model = new() { LatentLayers = [48] };

    // Adam finds for each estimator the size of steps that its noise allows; with plain ascent one rate suits only some.
    private static readonly TrainingSettings Training = new()
    {
        Optimizer = OptimizerKind.Adam,
        GenerativeRate = 1e-3,
        RecognitionRate = 1e-3,
        BatchSize = 100,
        RecognitionLearning = RecognitionLearning.Wake,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        RunOptions run = new();
        Option<string?> estimators = EstimatorKeys.Option();
        Option<long?> steps = Values.Whole("--steps", "N", $"Steps of every run; {UsualSteps} where not given.", 1, long.MaxValue);
        Option<double?> budget = Values.Number(
            "--budget-seconds", "S", "End a run after this time of training; the table says after how many steps.", 0.001, 1e9);
        Option<long?> examples = Values.Whole(
            "--examples", "N", $"Held-out examples to judge by; {UsualExamples} where not given.", 1, int.MaxValue);
        Option<long?> weighted = Values.Whole(
            "--iw-samples", "K", $"Samples of the importance-weighted bound; {UsualSamples} where not given.", 1, 1_000_000);
        Option<string?> json = Values.Text("--json", "FILE", "Where to write the results, replaced after every run.");
        Option<string?> beside = Values.Text("--beside", "FILE", "Results that an earlier comparison wrote, to show beside these.");
        Option<string?> plot = Values.Text("--plot", "FILE.png", "Where to draw the learning curves and the final bounds.");
        Option<(int Width, int Height)?> size = Values.Size("--plot-size", "Pixels of the plot; 1280x720 where not given.");

        DocumentedCommand command = new(
            "compare", "Train every estimator on the same data, network, seed and number of steps, and show what each achieved.",
            "dreamviz compare",
            "dreamviz compare --data bars --layers 8 --steps 2000 --estimators exact,score-function,disarm",
            "dreamviz compare --data data/mnist --layers 200 --steps 10000 --json estimators.json --plot estimators.png",
            "dreamviz compare --estimators vimco,reweighted-wake-sleep --samples 20 --beside estimators.json");
        run.AddForComparison(command);
        foreach (Option option in new Option[] { estimators, steps, budget, examples, weighted, json, beside, plot, size }) command.Add(option);
        command.SetRun(Run);
        return command;

        int Run(ParseResult parse, CancellationToken stop)
        {
            Preset start = PresetCatalog.ForData("digits") with { Model = Model, Training = Training };
            ComparisonPlan plan = new(run.Read(parse, start, usualThreads: null), Chosen(parse.GetValue(estimators)))
            {
                Steps = parse.GetValue(steps) ?? UsualSteps,
                BudgetSeconds = parse.GetValue(budget) ?? double.PositiveInfinity,
                Samples = run.Samples(parse),
                Examples = (int)(parse.GetValue(examples) ?? UsualExamples),
                WeightedSamples = (int)(parse.GetValue(weighted) ?? UsualSamples),
            };
            using ComparisonJob job = new(plan, parse.GetValue(json), parse.GetValue(beside), parse.InvocationConfiguration.Output);
            job.Run(stop);
            if (parse.GetValue(plot) is { } path) job.Draw(path, parse.GetValue(size) ?? (1280, 720));
            return CommandLine.Success;
        }
    }

    /// <summary>The estimators of a list of keys, or all, in the catalogue's order.</summary>
    /// <exception cref="InvalidInputException">A key is unknown.</exception>
    private static IReadOnlyList<EstimatorDescription> Chosen(string? keys)
    {
        string[] wanted = EstimatorKeys.Read(keys);
        return [.. EstimatorCatalog.All.Where(estimator => wanted.Contains(estimator.Key))];
    }
}
