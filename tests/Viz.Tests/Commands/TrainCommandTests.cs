using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;
using DreamViz.Engine.Training.Checkpoints;
using DreamViz.Viz.Commands;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private static readonly string[] Small = ["train", "--data", "bars", "--layers", "6-3", "--rate", "0.2"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_saves_checkpoint_metrics_and_preset_and_ends_in_named_bounds_on_held_out_data()
    {
        Captured run = Captured.Run([.. Small, "--steps", "60", "--out", folder["run"]]).Succeeded();
        Match figures = Regex.Match(
            run.Output, @"On 1,000 test examples of Bars 4×4, p = 0\.25: ELBO (-\d+\.\d\d), IW-500 (-\d+\.\d\d) nats per example\n$");
        Assert.True(figures.Success, run.Output);
        Assert.True(Value(figures, 1) < Value(figures, 2));
        Assert.Contains($"Saved step 60 to {folder["run/checkpoint.safetensors"]}", run.Output);
        string[] metrics = File.ReadAllLines(folder["run/metrics.csv"]);
        Assert.Equal(MetricsCsv.Header, metrics[0]);
        Assert.StartsWith("0,", metrics[1]);
        Assert.True(metrics.Length > 8);
        Assert.Equal(["checkpoint.safetensors", "metrics.csv", "preset.json"],
            Directory.GetFileSystemEntries(folder["run"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_checkpoint_with_one_thread_and_two_and_another_seed_another()
    {
        byte[] Train(string name, params string[] more)
        {
            Captured.Run([.. Small, "--steps", "40", "--out", folder[name], .. more]).Succeeded();
            return File.ReadAllBytes(folder[$"{name}/checkpoint.safetensors"]);
        }

        byte[] first = Train("a", "--threads", "1", "--seed", "4");
        Assert.Equal(first, Train("b", "--threads", "2", "--seed", "4"));
        Assert.NotEqual(first, Train("c", "--threads", "1", "--seed", "5"));
    }

    [Fact]
    public void A_resumed_run_continues_bit_for_bit_and_its_metrics_go_on_also_those_of_an_older_file()
    {
        Captured.Run([.. Small, "--steps", "50", "--out", folder["whole"]]).Succeeded();
        Captured.Run([.. Small, "--steps", "20", "--out", folder["part"]]).Succeeded();
        string[] older = [.. File.ReadAllLines(folder["part/metrics.csv"]).Select(line => string.Join(',', line.Split(',')[..5]))];
        File.WriteAllLines(folder["part/metrics.csv"], older);
        Captured.Run("train", "--resume", folder["part"], "--steps", "50").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["whole/checkpoint.safetensors"]), File.ReadAllBytes(folder["part/checkpoint.safetensors"]));
        string[] lines = File.ReadAllLines(folder["part/metrics.csv"]);
        Assert.All(lines, line => Assert.Equal(MetricsCsv.Header.Split(',').Length, line.Split(',').Length));
        int[] steps = [.. lines.Skip(1).Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];
        Assert.Equal(steps.Distinct().Order(), steps);
        Assert.Equal(0, steps[0]);
        Assert.True(steps[^1] > 20);
    }

    [Fact]
    public void Resume_can_write_elsewhere_change_settings_or_be_said_alone()
    {
        Captured.Run([.. Small, "--steps", "5", "--out", folder["a"]]).Succeeded();
        byte[] before = File.ReadAllBytes(folder["a/checkpoint.safetensors"]);
        Captured.Run("train", "--resume", folder["a/checkpoint.safetensors"], "--out", folder["b"], "--steps", "9", "--rate", "0.1").Succeeded();
        Assert.Equal(before, File.ReadAllBytes(folder["a/checkpoint.safetensors"]));
        Captured.Run("train", "--resume", "--out", folder["b"], "--steps", "12").Succeeded();
        Assert.Contains("step 12", Captured.Run("evaluate", folder["b"], "--bound", "exact").Succeeded().Output);
        Captured.Run("train", "--resume", folder["b"], "--steps", "12").IsRefused("--steps 12: expected more than the 12 steps");
        Captured.Run("train", "--resume", folder["b"], "--layers", "3").IsRefused("--layers: expected none");
        Captured.Run("train", "--resume", folder["b"], "--data", "digits", "--steps", "20").IsRefused("expected data of 16 units");
        Captured.Run("train", "--resume", folder["a"], "--out", folder["b"], "--steps", "20").IsRefused("--overwrite replaces it");
    }

    [Fact]
    public void Overwrite_replaces_a_run()
    {
        Captured.Run([.. Small, "--steps", "5", "--out", folder["run"]]).Succeeded();
        Captured.Run([.. Small, "--steps", "7", "--out", folder["run"], "--overwrite"]).Succeeded();
        Assert.Contains("step 7", Captured.Run("evaluate", folder["run"], "--bound", "elbo").Succeeded().Output);
    }

    [Fact]
    public void The_saved_preset_starts_the_same_run_again()
    {
        Captured.Run([.. Small, "--steps", "10", "--seed", "3", "--out", folder["a"]]).Succeeded();
        Captured.Run("train", "--preset", folder["a/preset.json"], "--steps", "10", "--seed", "3", "--out", folder["b"]).Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["a/checkpoint.safetensors"]), File.ReadAllBytes(folder["b/checkpoint.safetensors"]));
    }

    [Fact]
    public void Every_option_reaches_the_run()
    {
        string line = "train --data digits --binarization fixed --threshold 0.4 --test-share 0.2 --validation-share 0.1 --data-seed 9 "
            + "--layers 9-5 --hidden 7 --autoregressive hidden,recognition --prior 0.3 --estimator reweighted-wake-sleep --samples 3 --recognition-learning both --batch 11 "
            + "--baseline-decay 0.7 --baseline-width 12 --baseline-rate 0.03 --temperature 0.7 "
            + "--rate 0.02 --recognition-rate 0.01 --rate-decay 100 --optimizer adam --seed 8 --threads 2 --steps 4 --out";
        Captured.Run([.. line.Split(' '), folder["run"]]).Succeeded();
        Preset preset = PresetReader.ReadFile(folder["run/preset.json"]);
        Checkpoint checkpoint = Checkpoint.Load(folder["run/checkpoint.safetensors"]);
        TrainingSettings settings = new()
        {
            Estimator = "reweighted-wake-sleep",
            Samples = 3,
            RecognitionLearning = RecognitionLearning.Both,
            BaselineDecay = 0.7,
            BaselineWidth = 12,
            BaselineRate = 0.03,
            Temperature = 0.7,
            BatchSize = 11,
            GenerativeRate = 0.02,
            RecognitionRate = 0.01,
            RateDecaySteps = 100,
            Optimizer = OptimizerKind.Adam,
        };
        Assert.Equal((settings, settings, 8ul), (preset.Training, checkpoint.Settings, checkpoint.Seed));
        Assert.Equal([9, 5], checkpoint.Model.LatentLayers);
        Assert.Equal([7], checkpoint.Model.HiddenLayers);
        Assert.Equal(AutoregressiveParts.Hidden | AutoregressiveParts.Recognition, checkpoint.Model.Autoregressive);
        Assert.Equal(checkpoint.Model.Autoregressive, preset.Model.Autoregressive);
        Assert.Equal((0.3, 0.3), (checkpoint.Model.FixedPrior, preset.Model.FixedPrior));
        DataOptions data = new()
        {
            Binarization = BinarizationKind.Fixed,
            Threshold = 0.4,
            TestShare = 0.2,
            ValidationShare = 0.1,
            Seed = 9,
        };
        Assert.Equal(data, preset.Data.Options);
    }

    [Fact]
    public void A_fixed_prior_is_one_half_where_nothing_else_is_said_and_a_preset_s_can_be_learned_again()
    {
        double? Prior(params string[] more)
        {
            Captured.Run([.. Small, "--steps", "2", "--overwrite", "--out", folder["run"], .. more]).Succeeded();
            return Checkpoint.Load(folder["run/checkpoint.safetensors"]).Model.FixedPrior;
        }

        Assert.Null(Prior());
        Assert.Equal(0.5, Prior("--prior", "fixed"));
        File.Move(folder["run/preset.json"], folder["fixed.json"]);
        Assert.Equal(0.5, Prior("--preset", folder["fixed.json"]));
        Assert.Null(Prior("--preset", folder["fixed.json"], "--prior", "learned"));
        Captured.Run("train", "--resume", folder["run"], "--prior", "fixed").IsRefused("--prior: expected none with a checkpoint");
    }

    [Fact]
    public void Another_estimator_than_the_presets_brings_its_usual_number_of_samples()
    {
        int Samples(string line)
        {
            Captured.Run([.. line.Split(' '), "--steps", "1", "--overwrite", "--out", folder["run"]]).Succeeded();
            return Checkpoint.Load(folder["run/checkpoint.safetensors"]).Settings.Samples;
        }

        Assert.Equal(1, Samples("train --preset dreaming-digits --estimator wake-sleep"));
        Assert.Equal(5, Samples("train --preset classic-wake-sleep --estimator reweighted-wake-sleep"));
        Assert.Equal(5, Samples("train --preset classic-wake-sleep --estimator vimco"));
        Assert.Equal(1, Samples("train --preset dreaming-digits --estimator nvil"));
        Assert.Equal(2, Samples("train --preset classic-wake-sleep --estimator reweighted-wake-sleep --samples 2"));
    }

    [Fact]
    public void Every_preset_with_its_own_data_trains()
    {
        foreach (Preset preset in PresetCatalog.All.Where(preset => preset.Data.Source is not null))
        {
            Captured run = Captured.Run("train", "--preset", preset.Key, "--steps", "3");
            run.Succeeded();
            Assert.Contains("nothing is saved without --out", run.Output);
        }
    }

    [Fact]
    public void An_interruption_before_the_end_saves_what_there_is()
    {
        using CancellationTokenSource stop = new();
        using InterruptingWriter output = new(stop);
        using StringWriter error = new();
        int code = CommandLine.Run([.. Small, "--steps", "1000000000", "--out", folder["run"]], output, error, stop.Token);
        Assert.Equal((CommandLine.Interrupted, ""), (code, error.ToString()));
        Assert.Matches("Saved step [1-9]", output.ToString());
        Assert.Contains("ELBO", Captured.Run("evaluate", folder["run"], "--bound", "elbo").Succeeded().Output);
    }

    [Fact]
    public void An_output_that_fails_on_the_way_does_not_lose_what_was_learned()
    {
        using FailingWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run([.. Small, "--steps", "1000", "--out", folder["run"]], output, error, CancellationToken.None);
        Assert.Equal((CommandLine.Failed, "dreamviz: unexpected failure: IOException: no room\n"), (code, error.ToString()));
        Captured.Run("evaluate", folder["run"], "--bound", "elbo").Succeeded();
    }

    [Fact]
    public void Time_can_be_the_end()
    {
        Captured run = Captured.Run([.. Small, "--seconds", "0.5"]).Succeeded();
        Assert.Contains("IW-500", run.Output);
    }

    [SkippableFact]
    public async Task Control_C_ends_the_process_cleanly_with_a_saved_run()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals of Unix");
        using Process process = Start([.. Small, "--steps", "1000000000", "--out", folder["run"]]);
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("step ", StringComparison.Ordinal)) { }

        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        using CancellationTokenRegistration end = patience.Token.Register(process.Kill);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.Equal((CommandLine.Interrupted, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(patience.Token)));
        Assert.True(File.Exists(folder["run/checkpoint.safetensors"]));
        Captured.Run("evaluate", folder["run"], "--bound", "elbo").Succeeded();
    }

    [Fact]
    public async Task The_process_prints_one_line_for_bad_input_and_no_stack_trace()
    {
        using Process process = Start(["train", "--data", "nope"]);
        string output = await process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        new Captured(process.ExitCode, output, error).IsRefused("data 'nope'");
    }

    private static Process Start(string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dreamviz.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static double Value(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    /// <summary>Interrupts the run that writes to it as soon as it shows progress.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith("step ", StringComparison.Ordinal) == true) stop.Cancel();
        }
    }

    /// <summary>Takes one line and no more.</summary>
    private sealed class FailingWriter : StringWriter
    {
        private int lines;

        public override void WriteLine(string? value)
        {
            if (++lines > 1) throw new IOException("no room");
            base.WriteLine(value);
        }
    }
}
