using System.CommandLine;
using System.Globalization;
using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training.Checkpoints;
using DreamViz.Viz.Commands.Training;

namespace DreamViz.Viz.Commands;

/// <summary><c>dreamviz evaluate</c>: a bound, or the exact log-likelihood, of a saved run.</summary>
public static class EvaluateCommand
{
    private const int ElboSamples = 100;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> run = new("FOLDER|FILE") { Description = "A run's folder, or its checkpoint." };
        RunOptions options = new();
        Option<BoundChoice> bound = Values.Create(
            "--bound", "elbo|iw:K|exact", "What to measure; iw:500 where not given.", BoundChoice.Parse, "elbo, iw:K or exact");
        Option<DataPart?> part = Values.Choice<DataPart>("--on", "Which examples; test where not given and where there are any.");
        Option<long?> examples = Values.Whole("--examples", "N", "How many of them, from the first; all where not given.", 1, int.MaxValue);
        Option<long?> seed = Values.Whole("--evaluation-seed", "N", "Names the samples; 1 where not given.", 0, long.MaxValue);

        DocumentedCommand command = new(
            "evaluate", "Measure a bound, or the exact log-likelihood, of a saved run in nats per example.",
            "dreamviz evaluate runs/digits",
            "dreamviz evaluate runs/digits --bound iw:5000",
            "dreamviz evaluate runs/tiny --bound exact",
            "dreamviz evaluate runs/mnist --data data/mnist --bound elbo --on validation");
        command.Add(run);
        options.AddForSavedRuns(command);
        command.Add(bound);
        command.Add(part);
        command.Add(examples);
        command.Add(seed);
        command.SetRun(Run);
        return command;

        int Run(ParseResult parse, CancellationToken stop)
        {
            (RunFolder folder, string path) = RunFolder.Find(parse.GetRequiredValue(run));
            Checkpoint checkpoint = Checkpoint.Load(path);
            RunSetup setup = options.ReadResumed(parse, path, checkpoint, folder.ReadPreset());
            HeldOutChoice choice = HeldOutChoice.For(setup.Data, parse.GetValue(part));
            using WorkerTeam team = new(setup.Threads);
            BoundQuestion question = new(
                checkpoint.CreateMachine(), choice, (int)(parse.GetValue(examples) ?? int.MaxValue),
                (ulong)(parse.GetValue(seed) ?? 1), team);
            BoundEstimate estimate = Answer(question, parse.GetValue(bound) ?? BoundChoice.Default, stop);
            parse.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{estimate.Name}: {estimate.Value:0.0000} nats per example, {choice.Describe(estimate.Examples, setup.Data)}, step {checkpoint.Cursor.Step}"));
            if (estimate.Perplexity is { } perplexity)
                WritePerplexity(parse.InvocationConfiguration.Output, estimate, perplexity, choice, setup.Data);
            if (ClassificationLine.Measure(question.Machine, choice, question.Count, question.Seed, setup.Data, team) is { } line)
                parse.InvocationConfiguration.Output.WriteLine(line);
            return CommandLine.Success;
        }
    }

    /// <summary>Documents: both perplexities, beside those of the model without topics on the same documents.</summary>
    private static void WritePerplexity(
        TextWriter output, BoundEstimate estimate, Perplexity perplexity, HeldOutChoice choice, Dataset data)
    {
        Perplexity unigram = Unigram.Perplexity(data.Training, choice.Examples, data.Units, estimate.Examples);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"perplexity by {estimate.Name}: {perplexity.DocumentAveraged:0.0} document-averaged, {perplexity.TokenAveraged:0.0} token-averaged"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"unigram perplexity: {unigram.DocumentAveraged:0.0} document-averaged, {unigram.TokenAveraged:0.0} token-averaged"));
    }

    /// <summary>On a thread of its own, so that an interruption need not wait for the end.</summary>
    private static BoundEstimate Answer(BoundQuestion question, BoundChoice bound, CancellationToken stop) =>
        Task.Run(() => Measure(question, bound), stop).WaitAsync(stop).GetAwaiter().GetResult();

    private static BoundEstimate Measure(BoundQuestion question, BoundChoice bound)
    {
        (HelmholtzMachine machine, HeldOutChoice choice, int count, ulong seed, WorkerTeam team) = question;
        return bound.Kind switch
        {
            BoundKind.Exact => ExactLogLikelihood.Compute(machine, choice.Examples, count, seed, team),
            BoundKind.Elbo => Bounds.Elbo(machine, choice.Examples, count, ElboSamples, seed, team),
            _ => Bounds.ImportanceWeighted(machine, choice.Examples, count, bound.Samples, seed, team),
        };
    }

    private sealed record BoundQuestion(HelmholtzMachine Machine, HeldOutChoice Choice, int Count, ulong Seed, WorkerTeam Team);
}
