using System.Numerics;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>An estimator that cannot be measured here.</summary>
/// <param name="Key">Its key in the catalogue.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record ExcludedEstimator(string Key, string Name, string Reason);

/// <summary>One estimator's answers on the plane that is the same for all; lengths in ‖exact‖, the exact gradient at the origin.
/// </summary>
/// <param name="Answers">The first answers.</param>
/// <param name="Mean">The mean of all.</param>
public sealed record Dartboard(IReadOnlyList<Vector2> Answers, Vector2 Mean);

/// <summary>Where a laboratory stands; never changes once made.</summary>
public sealed record LaboratoryResult
{
    /// <summary>Answers that each estimator has given; fewer than planned while measuring.</summary>
    public required long Count { get; init; }

    /// <summary>Answers planned of each estimator.</summary>
    public required long Planned { get; init; }

    /// <summary>Configurations that were summed for the exact gradient; 0 where it is the mean of a long run.</summary>
    public required long Configurations { get; init; }

    /// <summary>Estimates of the long run; 0 where the gradient is exact.</summary>
    public required long ReferenceEstimates { get; init; }

    /// <summary>Estimates planned of the long run; 0 where the gradient is exact.</summary>
    public required long PlannedReferenceEstimates { get; init; }

    /// <summary>The standard error of the long run over ‖exact‖; 0 where the gradient is exact.</summary>
    public required double ReferenceError { get; init; }

    /// <summary>‖exact‖, in nats per unit of λ.</summary>
    public required double Norm { get; init; }

    /// <summary>The chance below which p counts as a bias found.</summary>
    public required double Threshold { get; init; }

    /// <summary>What was measured, in the order asked for; nothing before the second answer.</summary>
    public required IReadOnlyList<EstimatorMeasures> Measures { get; init; }

    /// <summary>The pictures that go with the measures.</summary>
    public required IReadOnlyList<Dartboard> Dartboards { get; init; }

    /// <summary>What was asked for but is not defined here.</summary>
    public required IReadOnlyList<ExcludedEstimator> Excluded { get; init; }

    /// <summary>Whether all answers are in.</summary>
    public bool IsDone => Count >= Planned;
}
