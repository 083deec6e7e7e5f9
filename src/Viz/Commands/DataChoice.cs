using System.CommandLine;
using DreamViz.Engine.Data;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Commands;

/// <summary>The options that say which data, and how it becomes bits.</summary>
public sealed class DataChoice
{
    private readonly Option<string?> source = Values.Text(
        "--data", "NAME|PATH", $"{string.Join(", ", DataCatalog.BuiltIn.Select(b => b.Usage))}; a file or a folder of IDX pictures or of documents.");

    private readonly Option<BinarizationKind?> binarization = Values.Choice<BinarizationKind>(
        "--binarization", "How grey values become bits.");

    private readonly Option<double?> threshold = Values.Number(
        "--threshold", "I", "The intensity from which a pixel is on.", double.Epsilon, 1);

    private readonly Option<double?> validationShare = Values.Number(
        "--validation-share", "S", "The share held out for validation where no file holds it.", 0, 0.9);

    private readonly Option<double?> testShare = Values.Number(
        "--test-share", "S", "The share held out for testing where no file holds it.", 0, 0.9);

    private readonly Option<long?> vocabulary = Values.Whole(
        "--vocabulary", "N", "The most words of a vocabulary made from texts.", 1, 1 << 16);

    private readonly Option<long?> minimumDocuments = Values.Whole(
        "--minimum-documents", "N", "In how many training texts a word must occur to be in the vocabulary.", 1, int.MaxValue);

    private readonly Option<string?> stopWords = Values.Text(
        "--stop-words", "FILE", "Words that a vocabulary made from texts leaves out.");

    private readonly Option<long?> seed = Values.Whole(
        "--data-seed", "N", "Names the split, fixed draws and generated examples; 1 where not given.", 0, long.MaxValue);

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            source, binarization, threshold, validationShare, testShare, vocabulary, minimumDocuments, stopWords, seed,
        ];
        foreach (Option option in all) command.Add(option);
    }

    /// <summary>The name or path asked for, or null.</summary>
    public string? Source(ParseResult parse) => parse.GetValue(source);

    /// <summary>The data of a preset with the user's changes.</summary>
    public PresetData Change(PresetData start, ParseResult parse) => start with
    {
        Source = Source(parse) is { } chosen ? Absolute(chosen) : start.Source,
        Options = start.Options with
        {
            Binarization = parse.GetValue(binarization) ?? start.Options.Binarization,
            Threshold = parse.GetValue(threshold) ?? start.Options.Threshold,
            ValidationShare = parse.GetValue(validationShare) ?? start.Options.ValidationShare,
            TestShare = parse.GetValue(testShare) ?? start.Options.TestShare,
            VocabularySize = (int?)parse.GetValue(vocabulary) ?? start.Options.VocabularySize,
            MinimumDocuments = (int?)parse.GetValue(minimumDocuments) ?? start.Options.MinimumDocuments,
            StopWords = parse.GetValue(stopWords) is { } file ? Path.GetFullPath(file) : start.Options.StopWords,
            Seed = (ulong?)parse.GetValue(seed) ?? start.Options.Seed,
        },
    };

    // A preset that is saved with a run must mean the same files wherever it is read.
    private static string Absolute(string source) =>
        !DataCatalog.IsBuiltIn(source) && Path.Exists(source) ? Path.GetFullPath(source) : source;
}
