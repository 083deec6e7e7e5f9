using System.CommandLine;
using System.Text.Json;
using DreamViz.Viz.Commands;

namespace DreamViz.Benchmarks.Presets;

/// <summary>Measures the presets' settings: ELBO and IW-100 on held-out data at several steps, over several seeds, as a
/// markdown table and, if asked, as JSON.</summary>
internal static class PresetBenchmark
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<long?> seeds = Values.Whole("--seeds", "N", "Seeds 1 to N; 3 where not given.", 1, 100);
        Option<long?> steps = Values.Whole("--steps", "N", "The last step; 20000 where not given.", 1, 1_000_000);
        Option<long?> threads = Values.Whole("--threads", "N", "Threads that compute.", 1, 256);
        Option<string?> mnist = Values.Text("--data-mnist", "FOLDER", "MNIST's IDX files; its rows are left out without.");
        Option<string?> fashion = Values.Text("--data-fashion", "FOLDER", "Fashion-MNIST's IDX files; its row is left out without.");
        Option<string?> json = Values.Text("--json", "FILE", "Where to write every figure.");
        Command command = new("presets", "ELBO and IW-100 of the presets' settings, over steps and seeds.") { seeds, steps, threads, mnist, fashion, json };
        command.SetRun((parse, stop) =>
        {
            PresetRuns runs = new(
                (int)(parse.GetValue(seeds) ?? 3), parse.GetValue(steps) ?? 20_000,
                (int)(parse.GetValue(threads) ?? Environment.ProcessorCount), stop);
            List<Figure> figures = [];
            IReadOnlyList<BenchmarkedSetting> settings = BenchmarkedSetting.All(parse.GetValue(mnist), parse.GetValue(fashion));
            Console.WriteLine(MarkdownTable.Header(runs.Steps));
            foreach (BenchmarkedSetting setting in settings)
            {
                Figure[] measured = [.. runs.Measure(setting)];
                figures.AddRange(measured);
                Console.WriteLine(MarkdownTable.Row(setting, runs.Steps, measured));
            }

            if (parse.GetValue(json) is { } path) File.WriteAllText(path, JsonSerializer.Serialize(figures, Json));
            return 0;
        });
        return command;
    }
}
