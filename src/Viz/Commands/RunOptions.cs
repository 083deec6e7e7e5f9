using System.CommandLine;
using DreamViz.Engine;
using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;
using DreamViz.Engine.Training.Checkpoints;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Commands;

/// <summary>A run as the command line asks for it, its data open.</summary>
/// <param name="Preset">Data, network and learning, with the command line's changes.</param>
/// <param name="Data">The open data.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Threads">How many threads compute.</param>
public sealed record RunSetup(Preset Preset, Dataset Data, ulong Seed, int Threads);

/// <summary>The options that describe a run, the same for every command that starts one: make one, add it to the command,
/// read it in the action.</summary>
public sealed class RunOptions
{
    private const int MostThreads = 256;

    private readonly DataChoice data = new();
    private readonly Option<string?> preset = Values.Text(
        "--preset", "KEY|FILE.json", $"Start from a preset: {string.Join(", ", PresetCatalog.All.Select(p => p.Key))}.");

    private readonly Option<int[]?> layers = Values.Widths("--layers", "Stochastic layers above the visible one, lowest first.");
    private readonly Option<int[]?> hidden = Values.Widths("--hidden", "Deterministic hidden layers inside every conditional.");
    private readonly Option<AutoregressiveParts?> autoregressive = Values.Choices<AutoregressiveParts>(
        "--autoregressive", "PART,PART,…", "Where units also depend on the siblings before them: prior, hidden, visible, likelihood (hidden and visible), recognition, all or none.");

    private readonly Option<PriorChoice?> prior = Values.Create<PriorChoice?>(
        "--prior", "learned|fixed|P", "Whether the top layer's prior is learned, or every unit on with a fixed probability; fixed is 0.5.",
        PriorChoice.Parse, "learned, fixed or a probability between 0 and 1");

    private readonly Option<long?> labels = Values.Whole(
        "--labels", "N", "Put a label beside the top layer's units; N training examples keep theirs, as many of each class.", 0, int.MaxValue);

    private readonly Option<long?> gaussianLatents = Values.Whole(
        "--gaussian-latents", "G", "Put G real-valued units, g ~ N(0, I), beside the top layer's units.", 0, ModelSettings.MaximumGaussianLatents);

    private readonly Option<LabelInference?> labelInference = Values.Choice<LabelInference>(
        "--label-inference", "Whether labels that are not known are drawn or summed out.");

    private readonly Option<double?> labelWeight = Values.Number(
        "--label-weight", "A", "The weight of log q(y | x) for known labels.", 0, 100);

    private readonly Option<string?> estimator = Values.Text("--estimator", "KEY", $"{string.Join(", ", EstimatorCatalog.All.Select(e => e.Key))}.");
    private readonly Option<long?> samples = Values.Whole("--samples", "K", "Samples of the latents per example.", 1, 50);
    private readonly Option<long?> batch = Values.Whole("--batch", "B", "Examples, and dreams, per step.", 1, 500);
    private readonly Option<double?> rate = Values.Number("--rate", "R", "Learning rate of both networks; constant unless --rate-decay is given, too.", 1e-4, 2);
    private readonly Option<double?> recognitionRate = Values.Number(
        "--recognition-rate", "R", "Learning rate of the recognition network, where it differs.", 1e-4, 2);

    private readonly Option<double?> rateDecay = Values.Number(
        "--rate-decay", "T", "rate / (1 + t / T) at step t; 0 keeps the rate constant.", 0, 1e12);

    private readonly Option<RecognitionLearning?> recognitionLearning = Values.Choice<RecognitionLearning>(
        "--recognition-learning", "Reweighted wake-sleep: where the recognition network learns.");

    private readonly Option<double?> baselineDecay = Values.Number(
        "--baseline-decay", "D", "How slowly running baselines forget: the share of the past in each update.", 0, 0.999);

    private readonly Option<long?> baselineWidth = Values.Whole(
        "--baseline-width", "N", "Hidden units of the network that predicts learning signals.", 1, 500);

    private readonly Option<double?> baselineRate = Values.Number(
        "--baseline-rate", "R", "Learning rate of the network that predicts learning signals, by Adam.", 1e-5, 1);

    private readonly Option<double?> temperature = Values.Number(
        "--temperature", "T", "How soft relaxed bits are; where it is learned, its start.", 0.05, 5);

    private readonly Option<OptimizerKind?> optimizer = Values.Choice<OptimizerKind>(
        "--optimizer", "How a gradient becomes a change of the parameters.");

    private readonly Option<long?> seed = Values.Whole(
        "--seed", "N", "Names every random number of the run; 1 where not given.", 0, long.MaxValue);

    private readonly Option<long?> threads = Values.Whole(
        "--threads", "T", "Threads that compute; results do not depend on it.", 1, MostThreads);

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        data.AddTo(command);
        Option[] all =
        [
            preset, layers, hidden, autoregressive, prior, gaussianLatents, labels, labelInference, labelWeight, estimator, samples, batch, rate,
            recognitionRate, rateDecay, recognitionLearning, baselineDecay, baselineWidth, baselineRate, temperature, optimizer, seed,
            threads,
        ];
        foreach (Option option in all) command.Add(option);
    }

    /// <summary>Adds those that make sense for several runs that differ in nothing but the estimator.</summary>
    public void AddForComparison(Command command)
    {
        data.AddTo(command);
        Option[] all =
        [
            layers, hidden, prior, samples, batch, rate, recognitionRate, rateDecay, recognitionLearning,
            baselineDecay, baselineWidth, baselineRate, temperature, optimizer, seed, threads,
        ];
        foreach (Option option in all) command.Add(option);
    }

    /// <summary>Adds those that make sense for a saved run that does not go on: data and threads.</summary>
    public void AddForSavedRuns(Command command)
    {
        data.AddTo(command);
        command.Add(threads);
    }

    /// <summary>The run asked for: the preset, changed by the other options, with its data open.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="usualThreads">Threads where the option is not given; null for one to a processor.</param>
    /// <exception cref="InvalidInputException">Preset, data or a setting cannot be used.</exception>
    public RunSetup Read(ParseResult parse, int? usualThreads = null) => Read(parse, Base(parse), usualThreads);

    /// <summary>A preset of the caller's, changed by the options, with its data open.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="start">Where nothing else is asked for.</param>
    /// <param name="usualThreads">Threads where the option is not given; null for one to a processor.</param>
    /// <exception cref="InvalidInputException">Data or a setting cannot be used.</exception>
    public RunSetup Read(ParseResult parse, Preset start, int? usualThreads)
    {
        Preset chosen = Change(start, parse);
        Dataset opened = chosen.Data.Open(chosen.Key);
        if (parse.GetValue(labels) is not null && chosen.Model.Classes == 0)
            chosen = chosen with { Model = chosen.Model with { Classes = Classes(opened) } };
        return new RunSetup(
            chosen,
            opened,
            (ulong)(parse.GetValue(seed) ?? 1),
            Threads(parse, usualThreads));
    }

    /// <summary>K as the command line says it, or null.</summary>
    public int? Samples(ParseResult parse) => (int?)parse.GetValue(samples);

    /// <summary>The run of a checkpoint: network and seed are the checkpoint's, data and settings too unless the command line
    /// says others.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="path">The checkpoint's path, for messages.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="saved">The preset that was saved beside it, or null.</param>
    /// <exception cref="InvalidInputException">An option contradicts the checkpoint, or no data is known.</exception>
    public RunSetup ReadResumed(ParseResult parse, string path, Checkpoint checkpoint, Preset? saved)
    {
        Option? fixedOption = new Option[] { preset, layers, hidden, autoregressive, prior, gaussianLatents, seed }.FirstOrDefault(option => parse.GetResult(option) is not null);
        if (fixedOption is not null)
            throw new InvalidInputException($"{fixedOption.Name}: expected none with a checkpoint, which has its own");
        if (parse.GetValue(labels) is not null && checkpoint.Model.Classes == 0)
            throw new InvalidInputException($"--labels: expected a checkpoint of a network with a label, found {path} without");
        Preset start = RunFolderPreset(parse, path, checkpoint, saved);
        Preset chosen = Change(start with { Model = checkpoint.Model, Training = checkpoint.Settings }, parse);
        Dataset opened = chosen.Data.Open(chosen.Key);
        checkpoint.CheckFits(opened);
        return new RunSetup(chosen, opened, checkpoint.Seed, Threads(parse));
    }

    /// <summary>K as the command line gives it; null where it does not.</summary>
    public int? SamplesGiven(ParseResult parse) => (int?)parse.GetValue(samples);

    /// <summary>Whether the command line says where recognition learns.</summary>
    public bool SaysWhereRecognitionLearns(ParseResult parse) => parse.GetValue(recognitionLearning) is not null;

    private static int Classes(Dataset data) => data.Classes > 0
        ? data.Classes
        : throw new InvalidInputException($"--labels: expected data with labels, found none in {data.Name}");

    private Preset RunFolderPreset(ParseResult parse, string path, Checkpoint checkpoint, Preset? saved)
    {
        if (saved is not null) return saved;
        return data.Source(parse) is { } source
            ? PresetCatalog.ForData(source)
            : throw new InvalidInputException(
                $"{path}: expected --data, because no preset beside the checkpoint says where '{checkpoint.DatasetName}' is");
    }

    private int Threads(ParseResult parse, int? usual = null) =>
        (int)(parse.GetValue(threads) ?? usual ?? Math.Min(Environment.ProcessorCount, MostThreads));

    private Preset Base(ParseResult parse)
    {
        string? source = data.Source(parse);
        if (parse.GetValue(preset) is { } key) return PresetCatalog.Find(key);
        return source is null
            ? PresetCatalog.Default
            : PresetCatalog.All.FirstOrDefault(candidate => candidate.Data.Source == source) ?? PresetCatalog.ForData(source);
    }

    private Preset Change(Preset start, ParseResult parse) => start with
    {
        Data = data.Change(start.Data, parse),
        Model = start.Model with
        {
            LatentLayers = Given(parse.GetValue(layers)) ?? start.Model.LatentLayers,
            HiddenLayers = Given(parse.GetValue(hidden)) ?? start.Model.HiddenLayers,
            Autoregressive = parse.GetValue(autoregressive) ?? start.Model.Autoregressive,
            FixedPrior = parse.GetValue(prior) is { } chosen ? chosen.Fixed : start.Model.FixedPrior,
            GaussianLatents = (int)(parse.GetValue(gaussianLatents) ?? start.Model.GaussianLatents),
        },
        Training = Change(start.Training, parse),
    };

    // The parser gives an empty array for an option that is not there.
    private static int[]? Given(int[]? widths) => widths is { Length: > 0 } ? widths : null;

    private TrainingSettings Change(TrainingSettings start, ParseResult parse)
    {
        string chosen = parse.GetValue(estimator) ?? start.Estimator;
        int usualSamples = chosen == start.Estimator ? start.Samples : EstimatorCatalog.Create(chosen).UsualSamples;
        double? both = parse.GetValue(rate);
        TrainingSettings changed = start with
        {
            Estimator = chosen,
            Samples = (int)(parse.GetValue(samples) ?? usualSamples),
            RecognitionLearning = parse.GetValue(recognitionLearning) ?? start.RecognitionLearning,
            BaselineDecay = parse.GetValue(baselineDecay) ?? start.BaselineDecay,
            BaselineWidth = (int)(parse.GetValue(baselineWidth) ?? start.BaselineWidth),
            BaselineRate = parse.GetValue(baselineRate) ?? start.BaselineRate,
            Temperature = parse.GetValue(temperature) ?? start.Temperature,
            LabeledExamples = (int)(parse.GetValue(labels) ?? start.LabeledExamples),
            LabelInference = parse.GetValue(labelInference) ?? start.LabelInference,
            LabelWeight = parse.GetValue(labelWeight) ?? start.LabelWeight,
            BatchSize = (int)(parse.GetValue(batch) ?? start.BatchSize),
            GenerativeRate = both ?? start.GenerativeRate,
            RecognitionRate = parse.GetValue(recognitionRate) ?? both ?? start.RecognitionRate,
            RateDecaySteps = parse.GetValue(rateDecay) ?? (both is null ? start.RateDecaySteps : 0),
            Optimizer = parse.GetValue(optimizer) ?? start.Optimizer,
        };
        return changed;
    }
}
