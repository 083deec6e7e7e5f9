using System.CommandLine;
using DreamViz.Engine;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Engine.Training.Checkpoints;
using DreamViz.Viz.Commands.Measuring;
using DreamViz.Viz.Commands.Training;

namespace DreamViz.Viz.Commands;

/// <summary><c>dreamviz laboratory</c>: bias, noise and cost of every estimator of the recognition network's gradient.</summary>
public static class LaboratoryCommand
{
    private const int UsualSteps = 1500;
    private const int UsualEstimates = 4096;
    private const int UsualSamples = 4;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        RunOptions run = new();
        Option<long?> steps = Values.Whole("--steps", "N", $"Train so many steps before the parameters are frozen; {UsualSteps} where not given.", 0, long.MaxValue);
        Option<string?> checkpoint = Values.Text("--checkpoint", "FOLDER|FILE", "Freeze the parameters of a saved run instead.");
        Option<string?> estimators = EstimatorKeys.Option();
        Option<long?> estimates = Values.Whole("--estimates", "N", $"Answers of every estimator; {UsualEstimates} where not given.", 2, 10_000_000);
        Option<long?> examples = Values.Whole("--examples", "N", "Training examples whose gradient is estimated, from the first; 1 where not given.", 1, 10_000);
        Option<bool> budget = new("--same-budget") { Description = "Let every answer cost as much as the dearest estimator's, by averaging estimates." };
        Option<string?> json = Values.Text("--json", "FILE", "Where to write all figures.");
        Option<string?> picture = Values.Text("--picture", "FILE.png", "Where to draw six of them: those asked for, or the usual ones.");
        Option<bool> overwrite = new("--overwrite") { Description = "Replace files of those names." };

        DocumentedCommand command = new(
            "laboratory", "Freeze a network, let every estimator guess the same gradient again and again, and measure bias, noise and cost.",
            "dreamviz laboratory --data bars --layers 8",
            "dreamviz laboratory --data digits --layers 12 --estimators score-function,nvil,disarm --estimates 20000",
            "dreamviz laboratory --data bars --layers 8 --same-budget --json figures.json --picture laboratory.png",
            "dreamviz laboratory --checkpoint runs/digits --examples 20");
        run.AddTo(command);
        foreach (Option option in new Option[] { steps, checkpoint, estimators, estimates, examples, budget, json, picture, overwrite })
            command.Add(option);
        command.SetRun(Run);
        return command;

        int Run(ParseResult parse, CancellationToken stop)
        {
            bool replace = parse.GetValue(overwrite);
            LaboratoryFiles files = new(parse.GetValue(json), parse.GetValue(picture), replace);
            string[] keys = Chosen(parse.GetValue(estimators));
            (RunSetup setup, Checkpoint? saved) = Open(parse);
            if (parse.GetResult(steps) is not null && saved is not null)
                throw new InvalidInputException("--steps: expected none with --checkpoint, whose parameters are frozen as they are");
            using WorkerTeam team = new(setup.Threads);
            LaboratoryPlan plan = new(setup, saved, keys)
            {
                Steps = parse.GetValue(steps) ?? UsualSteps,
                Examples = (int)(parse.GetValue(examples) ?? 1),
                SamplesOf = key => run.SamplesGiven(parse) ?? EstimatorLaboratory.SamplesFor(key, UsualSamples),
                Laboratory = new LaboratorySettings
                {
                    Estimates = (int)(parse.GetValue(estimates) ?? UsualEstimates),
                    Basis = parse.GetValue(budget) ? ComparisonBasis.SameBudget : ComparisonBasis.SameSamples,
                },
            };
            new LaboratoryJob(plan, files, team).Run(parse.InvocationConfiguration.Output, stop);
            return CommandLine.Success;
        }

        (RunSetup Setup, Checkpoint? Saved) Open(ParseResult parse)
        {
            if (parse.GetValue(checkpoint) is not { } from) return (WithWakeLearning(run.Read(parse), parse), null);
            (RunFolder folder, string path) = RunFolder.Find(from);
            Checkpoint saved = Checkpoint.Load(path);
            return (run.ReadResumed(parse, path, saved, folder.ReadPreset()), saved);
        }

        // Where nothing is said, reweighted wake-sleep is asked for its answer to the data, not for its dreams'.
        RunSetup WithWakeLearning(RunSetup setup, ParseResult parse) => run.SaysWhereRecognitionLearns(parse)
            ? setup
            : setup with { Preset = setup.Preset with { Training = setup.Preset.Training with { RecognitionLearning = RecognitionLearning.Wake } } };
    }

    /// <summary>The keys of a list, or all, in the order given.</summary>
    /// <exception cref="InvalidInputException">A key is unknown or there twice.</exception>
    private static string[] Chosen(string? list)
    {
        string[] keys = EstimatorKeys.Read(list);
        return keys.Distinct().Count() == keys.Length
            ? keys
            : throw new InvalidInputException($"--estimators: expected each estimator once, found \"{list}\"");
    }
}
