using System.CommandLine;
using DreamViz.Engine;
using DreamViz.Viz.Commands.Training;

namespace DreamViz.Viz.Commands;

/// <summary><c>dreamviz train</c>: learn without a picture, save the run and measure it.</summary>
public static class TrainCommand
{
    private const long DefaultSteps = 20_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        RunOptions run = new();
        Option<long?> steps = Values.Whole("--steps", "N", $"Stop at this step; {DefaultSteps} where no end is given.", 1, long.MaxValue);
        Option<double?> seconds = Values.Number("--seconds", "S", "Stop after this time.", 0.001, 1e9);
        Option<string?> output = Values.Text(
            "--out", "FOLDER", $"Where to write {RunFolder.CheckpointName}, {RunFolder.MetricsName} and {RunFolder.PresetName}.");
        Option<bool> overwrite = new("--overwrite") { Description = "Replace a run that is in the folder." };
        Option<string?> resume = new("--resume")
        {
            HelpName = "FOLDER|FILE",
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Go on from a checkpoint, in its folder or in that of --out; alone, from the one in --out. --steps counts from the run's start.",
        };

        DocumentedCommand command = new(
            "train", "Train without a picture, save the run, and measure it on held-out data.",
            "dreamviz train --preset dreaming-digits --steps 20000 --out runs/digits",
            "dreamviz train --preset mnist --data data/mnist --seconds 600 --out runs/mnist",
            "dreamviz train --data data/mnist --layers 200-200 --estimator wake-sleep --batch 50 --rate 0.15 --out runs/wide",
            "dreamviz train --resume runs/digits --steps 40000");
        run.AddTo(command);
        command.Add(steps);
        command.Add(seconds);
        command.Add(output);
        command.Add(overwrite);
        command.Add(resume);
        command.SetRun(Run);
        return command;

        int Run(ParseResult parse, CancellationToken stop)
        {
            long? lastStep = parse.GetValue(steps);
            double? time = parse.GetValue(seconds);
            if (lastStep is null && time is null) lastStep = DefaultSteps;
            (string? from, string? to, bool replace) = (parse.GetValue(resume), parse.GetValue(output), parse.GetValue(overwrite));
            if (replace && to is null) throw new InvalidInputException("--overwrite: expected --out FOLDER with it, found none");
            if (from is null && parse.GetResult(resume) is not null)
                (from, to) = (to ?? throw new InvalidInputException("--resume: expected a checkpoint, or --out with one, found none"), null);
            TextWriter writer = parse.InvocationConfiguration.Output;
            using TrainingJob job = from is null
                ? TrainingJob.Start(run.Read(parse), to, replace)
                : TrainingJob.Resume(from, to, replace, run, parse);
            return job.Run(new TrainingEnd(lastStep, time), writer, parse.InvocationConfiguration.Error, stop);
        }
    }
}
