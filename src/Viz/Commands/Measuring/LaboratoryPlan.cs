using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Viz.Commands.Measuring;

/// <summary>What <c>laboratory</c> is asked to measure.</summary>
/// <param name="Setup">Network, data, settings and seed.</param>
/// <param name="Saved">The run whose parameters are frozen; null to train first.</param>
/// <param name="Estimators">Their keys.</param>
internal sealed record LaboratoryPlan(RunSetup Setup, Checkpoint? Saved, IReadOnlyList<string> Estimators)
{
    /// <summary>Steps before the parameters are frozen.</summary>
    public required long Steps { get; init; }

    /// <summary>B, training examples whose gradient is estimated.</summary>
    public required int Examples { get; init; }

    /// <summary>Each estimator's K.</summary>
    public required Func<string, int> SamplesOf { get; init; }

    /// <summary>How to measure.</summary>
    public required LaboratorySettings Laboratory { get; init; }
}
