using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;
using DreamViz.Viz.Commands;
using DreamViz.Viz.Simulation;

namespace DreamViz.Benchmarks.Topics;

/// <summary>Measures the topic model: test perplexities on documents by estimator, beside the unigram model's, and how often each
/// bar of topic-bars is found by a unit of its own.</summary>
internal static class TopicsBenchmark
{
    private const int BoundSamples = 10;

    private static readonly string[] OnDocuments =
        ["score-function", "running-baseline", "input-baseline", "nvil", "wake-sleep", "disarm"];

    private static readonly string[] OnBars = ["score-function", "running-baseline", "nvil", "wake-sleep", "disarm", "vimco", "local-expectation"];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string?> documents = Values.Text("--data", "FOLDER", "Documents, such as 20 Newsgroups as LDA-C; their table is left out without.");
        Option<long?> steps = Values.Whole("--steps", "N", "Steps on the documents; 1500 where not given.", 1, 1_000_000);
        Option<long?> barSteps = Values.Whole("--bar-steps", "N", "Steps on topic-bars; 3000 where not given.", 1, 1_000_000);
        Option<long?> seeds = Values.Whole("--seeds", "N", "Seeds 1 to N on topic-bars; 10 where not given.", 1, 1000);
        Option<long?> threads = Values.Whole("--threads", "N", "Threads that compute.", 1, 256);
        Option<string?> only = Values.Text("--only", "KEY", "One estimator alone, also one that is not in the usual tables.");
        Command command = new("topics", "Perplexity by estimator, and topics found.") { documents, steps, barSteps, seeds, threads, only };
        command.SetRun((parse, stop) =>
        {
            using WorkerTeam team = new((int)(parse.GetValue(threads) ?? Environment.ProcessorCount));
            string[] Chosen(string[] keys) => parse.GetValue(only) is { } key ? [key] : keys;
            if (parse.GetValue(documents) is { } path)
                MeasureDocuments(DataCatalog.Open(path), Chosen(OnDocuments), parse.GetValue(steps) ?? 1500, team, stop);
            MeasureBars(Chosen(OnBars), parse.GetValue(barSteps) ?? 3000, (int)(parse.GetValue(seeds) ?? 10), team, stop);
            return 0;
        });
        return command;
    }

    private static void MeasureDocuments(Dataset data, string[] estimators, long steps, WorkerTeam team, CancellationToken stop)
    {
        Perplexity unigram = Unigram.Perplexity(data.Training, data.Test, data.Units);
        Write($"{data.Name}: {data.Training.Count} training and {data.Test.Count} test documents, {data.Units} words; {data.Units}-50 linear, Adam 0.003, batch 200, {steps} steps, seed 1\n");
        Write($"| estimator | K | ELBO, nats | perplexity by ELBO: document-averaged | token-averaged | by IW-{BoundSamples}: document-averaged | token-averaged | training, s |");
        Write($"|---|---|---|---|---|---|---|---|");
        Write($"| (unigram) | | | {unigram.DocumentAveraged:0} | {unigram.TokenAveraged:0} | {unigram.DocumentAveraged:0} | {unigram.TokenAveraged:0} | |");
        foreach (string key in estimators)
        {
            int samples = key == "vimco" ? 5 : 1;
            TrainingSettings settings = new()
            {
                Estimator = key,
                Samples = samples,
                BatchSize = 200,
                Optimizer = OptimizerKind.Adam,
                GenerativeRate = 0.003,
                RecognitionRate = 0.003,
                BaselineRate = 0.01,
            };
            Trainer trainer = new(data, new ModelSettings { LatentLayers = [50] }, settings, 1, team);
            double seconds = Train(trainer, steps, stop);
            (BoundEstimate elbo, BoundEstimate weighted) = Bounds.Estimate(trainer.Machine, data.Test, data.Test.Count, BoundSamples, 1, team);
            (Perplexity byElbo, Perplexity byWeighted) = (elbo.Perplexity!, weighted.Perplexity!);
            Write($"| {key} | {samples} | {elbo.Value:0.0} | {byElbo.DocumentAveraged:0} | {byElbo.TokenAveraged:0} | {byWeighted.DocumentAveraged:0} | {byWeighted.TokenAveraged:0} | {seconds:0} |");
        }

        Write($"");
    }

    private static void MeasureBars(string[] estimators, long steps, int seeds, WorkerTeam team, CancellationToken stop)
    {
        const int Size = 5;
        Preset preset = PresetCatalog.Find("topic-bars");
        Dataset data = preset.Data.Open(preset.Key);
        Perplexity unigram = Unigram.Perplexity(data.Training, data.Test, data.Units);
        Write($"{data.Name}: preset topic-bars, {steps} steps, seeds 1 to {seeds}; unigram perplexity {unigram.DocumentAveraged:0.0}\n");
        Write($"| estimator | K | seeds in which all 10 bars have a unit | bars found of 10, mean | perplexity by IW-{BoundSamples}, document-averaged, mean |");
        Write($"|---|---|---|---|---|");
        foreach (string key in estimators)
        {
            int whole = 0, bars = 0, samples = key == "vimco" ? 5 : preset.Training.Samples;
            double perplexity = 0;
            for (int seed = 1; seed <= seeds; seed++)
            {
                Trainer trainer = new(data, preset.Model, preset.Training with { Estimator = key, Samples = samples }, (ulong)seed, team);
                Train(trainer, steps, stop);
                int found = BarMatch.Count(trainer.Machine, Size);
                bars += found;
                if (found == 2 * Size) whole++;
                perplexity += Bounds.ImportanceWeighted(trainer.Machine, data.Test, data.Test.Count, BoundSamples, 1, team).Perplexity!.DocumentAveraged;
            }

            Write($"| {key} | {samples} | {whole} of {seeds} | {(double)bars / seeds:0.0} | {perplexity / seeds:0.00} |");
        }
    }

    private static double Train(Trainer trainer, long steps, CancellationToken stop)
    {
        long started = Stopwatch.GetTimestamp();
        while (trainer.Step < steps)
        {
            stop.ThrowIfCancellationRequested();
            trainer.TakeStep(StepPhases.Both);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
