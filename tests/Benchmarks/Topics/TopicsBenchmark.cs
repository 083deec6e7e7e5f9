using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Estimators;
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
    [
        "score-function", "running-baseline", "input-baseline", "variance-normalization", "nvil", "black-box", "disarm", "leave-one-out", "vimco",
        "wake-sleep",
    ];

    private static readonly string[] OnBars =
        ["score-function", "running-baseline", "input-baseline", "nvil", "leave-one-out", "disarm", "vimco", "local-expectation", "wake-sleep"];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string?> documents = Values.Text("--data", "FOLDER", "Documents, such as 20 Newsgroups as LDA-C; topic-bars where not given.");
        Option<long?> steps = Values.Whole("--steps", "N", "Steps; 6000 on documents and 3000 on topic-bars where not given.", 1, 1_000_000);
        Option<long?> seeds = Values.Whole("--seeds", "N", "Seeds 1 to N; 1 on documents and 10 on topic-bars where not given.", 1, 1000);
        Option<long?> threads = Values.Whole("--threads", "N", "Threads that compute.", 1, 256);
        Option<string?> only = Values.Text("--only", "KEY", "One estimator alone, also one that is not in the usual tables.");
        Command command = new("topics", "Perplexity by estimator, and topics found.") { documents, steps, seeds, threads, only };
        command.SetRun((parse, stop) =>
        {
            using WorkerTeam team = new((int)(parse.GetValue(threads) ?? Environment.ProcessorCount));
            string[] Chosen(string[] keys) => parse.GetValue(only) is { } key ? [key] : keys;
            (long? end, int? last) = (parse.GetValue(steps), (int?)parse.GetValue(seeds));
            if (parse.GetValue(documents) is { } path)
                MeasureDocuments(DataCatalog.Open(path), Chosen(OnDocuments), end ?? 6000, last ?? 1, team, stop);
            else MeasureBars(Chosen(OnBars), end ?? 3000, last ?? 10, team, stop);
            return 0;
        });
        return command;
    }

    private static void MeasureDocuments(Dataset data, string[] estimators, long steps, int seeds, WorkerTeam team, CancellationToken stop)
    {
        Perplexity unigram = Unigram.Perplexity(data.Training, data.Test, data.Units);
        Write($"{data.Name}: {data.Training.Count} training and {data.Test.Count} test documents, {data.Units} words; {data.Units}-50 linear, Adam 0.005/(1 + t/2000), batch 200, {steps} steps, means of seeds 1 to {seeds}\n");
        Write($"| estimator | K | ELBO, nats | perplexity by ELBO: document-averaged | token-averaged | by IW-{BoundSamples}: document-averaged | token-averaged | seeds apart | training, CPU s |");
        Write($"|---|---|---|---|---|---|---|---|---|");
        Write($"| (unigram) | | | {unigram.DocumentAveraged:0} | {unigram.TokenAveraged:0} | {unigram.DocumentAveraged:0} | {unigram.TokenAveraged:0} | | |");
        foreach (string key in estimators)
        {
            int samples = EstimatorCatalog.Create(key).UsualSamples;
            DocumentFigures[] figures = [.. Enumerable.Range(1, seeds).Select(seed => Figures(data, key, samples, steps, seed, team, stop))];
            double Mean(Func<DocumentFigures, double> figure) => figures.Average(figure);
            string apart = seeds == 1 ? "" : (figures.Max(f => f.ByElbo.DocumentAveraged) - figures.Min(f => f.ByElbo.DocumentAveraged)).ToString("0", CultureInfo.InvariantCulture);
            Write($"| {key} | {samples} | {Mean(f => f.Elbo):0.0} | {Mean(f => f.ByElbo.DocumentAveraged):0} | {Mean(f => f.ByElbo.TokenAveraged):0} | {Mean(f => f.ByWeighted.DocumentAveraged):0} | {Mean(f => f.ByWeighted.TokenAveraged):0} | {apart} | {Mean(f => f.Seconds):0} |");
        }
    }

    private static DocumentFigures Figures(Dataset data, string key, int samples, long steps, int seed, WorkerTeam team, CancellationToken stop)
    {
        TrainingSettings settings = new()
        {
            Estimator = key,
            Samples = samples,
            BatchSize = 200,
            Optimizer = OptimizerKind.Adam,
            GenerativeRate = 0.005,
            RecognitionRate = 0.005,
            RateDecaySteps = 2000,
        };
        Trainer trainer = new(data, new ModelSettings { LatentLayers = [50] }, settings, (ulong)seed, team);
        double seconds = Train(trainer, steps, stop);
        (BoundEstimate elbo, BoundEstimate weighted) = Bounds.Estimate(trainer.Machine, data.Test, data.Test.Count, BoundSamples, 1, team);
        return new DocumentFigures(elbo.Value, elbo.Perplexity!, weighted.Perplexity!, seconds);
    }

    private static void MeasureBars(string[] estimators, long steps, int seeds, WorkerTeam team, CancellationToken stop)
    {
        const int Size = 5;
        Preset preset = PresetCatalog.Find("topic-bars");
        Dataset data = preset.Data.Open(preset.Key);
        Perplexity unigram = Unigram.Perplexity(data.Training, data.Test, data.Units);
        Write($"{data.Name}: preset topic-bars, {steps} steps, seeds 1 to {seeds}; unigram perplexity {unigram.DocumentAveraged:0.0}\n");
        Write($"| estimator | K | seeds in which all 10 bars have a unit | bars found of 10, mean | units that are a bar, of {preset.Model.LatentLayers[0]}, mean | perplexity by IW-{BoundSamples}, document-averaged, mean |");
        Write($"|---|---|---|---|---|---|");
        foreach (string key in estimators)
        {
            int whole = 0, bars = 0, units = 0, samples = Math.Max(EstimatorCatalog.Create(key).UsualSamples, preset.Training.Samples);
            double perplexity = 0;
            for (int seed = 1; seed <= seeds; seed++)
            {
                Trainer trainer = new(data, preset.Model, preset.Training with { Estimator = key, Samples = samples }, (ulong)seed, team);
                Train(trainer, steps, stop);
                (int found, int used) = BarMatch.Count(trainer.Machine, Size);
                (bars, units) = (bars + found, units + used);
                if (found == 2 * Size) whole++;
                perplexity += Bounds.ImportanceWeighted(trainer.Machine, data.Test, data.Test.Count, BoundSamples, 1, team).Perplexity!.DocumentAveraged;
            }

            Write($"| {key} | {samples} | {whole} of {seeds} | {(double)bars / seeds:0.0} | {(double)units / seeds:0.0} | {perplexity / seeds:0.00} |");
        }
    }

    /// <summary>Seconds of the processor.</summary>
    private static double Train(Trainer trainer, long steps, CancellationToken stop)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        while (trainer.Step < steps)
        {
            stop.ThrowIfCancellationRequested();
            trainer.TakeStep(StepPhases.Both);
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record DocumentFigures(double Elbo, Perplexity ByElbo, Perplexity ByWeighted, double Seconds);
}
