using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Estimators;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>What stands around the dartboards; made once for every result.</summary>
internal sealed record LaboratoryTexts
{
    /// <summary>Before anything is frozen.</summary>
    public static readonly LaboratoryTexts None = new() { Count = "waiting for the network" };

    /// <summary>Data, network, one image.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What estimators are held against.</summary>
    public string Exactness { get; init; } = "";

    /// <summary>How many answers.</summary>
    public string Count { get; init; } = "";

    /// <summary>At which step, and what counts as bias.</summary>
    public string Frozen { get; init; } = "";

    /// <summary>The legend's diamond.</summary>
    public string Mean { get; init; } = "mean of all estimates";

    /// <summary>The legend's dot.</summary>
    public string Shown { get; init; } = "one estimate";

    /// <summary>The button that trains.</summary>
    public CachedText<(string Key, int Samples)> Train { get; } = new(chosen =>
        $"Train with {EstimatorCatalog.All.First(estimator => estimator.Key == chosen.Key).Name}, K = {chosen.Samples}");

    /// <summary>While the first result is awaited.</summary>
    public static LaboratoryTexts Before(FrozenWeights frozen) => new()
    {
        Subject = SubjectOf(frozen),
        Count = "warming up",
        Frozen = $"weights frozen at step {Numbers.Grouped(frozen.Step)}",
    };

    /// <summary>With a result.</summary>
    public static LaboratoryTexts Of(FrozenWeights frozen, LaboratoryResult result)
    {
        bool averaged = result.Measures.Any(measures => measures.EstimatesPerAnswer > 1);
        string one = averaged ? "answer" : "estimate";
        string count = Numbers.Grouped(result.Count);
        return new()
        {
            Subject = SubjectOf(frozen),
            Exactness = result.Configurations > 0 ? $"exact gradient: {Numbers.Grouped(result.Configurations)} states"
                : result.Norm > 0 ? $"gradient: mean of {Numbers.Grouped(result.ReferenceEstimates)} estimates, ±{Numbers.Fixed(100 * result.ReferenceError, 1)}%"
                : $"looking for the gradient: {Numbers.Grouped(result.ReferenceEstimates)} of {Numbers.Grouped(result.PlannedReferenceEstimates)} estimates",
            Count = result.IsDone ? $"{count} {one}s each" : $"{count} of {Numbers.Grouped(result.Planned)} {one}s each",
            Frozen = $"weights frozen at step {Numbers.Grouped(frozen.Step)} · bias shown when p < 0.05 / {Math.Round(new LaboratorySettings().Significance / result.Threshold)}",
            Mean = result.Dartboards.Count == 0 ? None.Mean : $"mean of {count} {one}s",
            Shown = result.Dartboards.Count == 0 ? None.Shown : $"one {one} ({result.Dartboards.Max(board => board.Answers.Count)} shown)",
        };
    }

    private static string SubjectOf(FrozenWeights frozen)
    {
        string example = frozen.Batch.Counts is null ? "image" : "document";
        string count = frozen.Batch.Rows == 1 ? $"one {example}" : $"{Numbers.Grouped(frozen.Batch.Rows)} {example}s";
        return $"{frozen.Data.Name}, {frozen.Machine.Shape}, {count}{GivenLabels.Describe(frozen.Labels, frozen.Settings.LabelInference)}";
    }
}
