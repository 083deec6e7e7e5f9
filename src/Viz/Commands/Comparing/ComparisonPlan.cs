using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Commands.Comparing;

/// <summary>What is compared, and how it is judged.</summary>
/// <param name="Setup">Data, network, learning and seed: the same for every estimator.</param>
/// <param name="Estimators">Which.</param>
internal sealed record ComparisonPlan(RunSetup Setup, IReadOnlyList<EstimatorDescription> Estimators)
{
    /// <summary>Steps of every run.</summary>
    public required long Steps { get; init; }

    /// <summary>Seconds of training after which a run ends before its last step; ∞ for none.</summary>
    public required double BudgetSeconds { get; init; }

    /// <summary>K, or null for each estimator's usual one.</summary>
    public required int? Samples { get; init; }

    /// <summary>Held-out examples by which runs are judged.</summary>
    public required int Examples { get; init; }

    /// <summary>Samples of the importance-weighted bound.</summary>
    public required int WeightedSamples { get; init; }

    /// <summary>The machine.</summary>
    public MachineShape Shape { get; } = MachineShape.Of(Setup.Preset.Model, Setup.Data.Units);

    /// <summary>How one of them learns: at the K asked for, or the least with which it works.</summary>
    public TrainingSettings SettingsOf(Estimator estimator) => Setup.Preset.Training with
    {
        Estimator = estimator.Description.Key,
        Samples = Math.Max(Samples ?? estimator.UsualSamples, estimator.MinimumSamples),
    };

    /// <summary>Why an estimator is not defined for the machine, or null where it is.</summary>
    public string? Refusal(Estimator estimator) => EstimatorCatalog.Refusal(estimator.Description.Key, Shape);
}
