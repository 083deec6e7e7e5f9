using DreamViz.Engine.Estimators;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>How far a mean of several answers lies from the exact gradient.</summary>
/// <param name="Averaged">m, answers that are averaged.</param>
/// <param name="Error">Root mean square of ‖mean − exact‖, over ‖exact‖.</param>
public readonly record struct AveragedError(long Averaged, double Error);

/// <summary>What a laboratory has measured of one estimator so far. Lengths are relative to ‖exact‖; not finite where that is 0.
/// </summary>
public sealed record EstimatorMeasures
{
    /// <summary>The estimator.</summary>
    public required EstimatorDescription Estimator { get; init; }

    /// <summary>K.</summary>
    public required int Samples { get; init; }

    /// <summary>n, answers so far.</summary>
    public required long Count { get; init; }

    /// <summary>Estimates averaged in every answer: 1 but for equal budgets.</summary>
    public required int EstimatesPerAnswer { get; init; }

    /// <summary>‖mean − exact‖ / ‖exact‖: the bias, and what chance leaves of the noise after n answers.</summary>
    public required double Offset { get; init; }

    /// <summary>The chance that an unbiased estimator's mean lies as far off.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether the offset is more than chance: p below the laboratory's significance over its number of estimators.
    /// </summary>
    public required bool IsBiased { get; init; }

    /// <summary>√(Σᵢ varᵢ) / ‖exact‖ of one answer.</summary>
    public required double Noise { get; init; }

    /// <summary>⟨mean, exact⟩ / (‖mean‖ ‖exact‖).</summary>
    public required double Cosine { get; init; }

    /// <summary>‖mean‖ / √(Σᵢ varᵢ) of one answer, without what chance adds to ‖mean‖.</summary>
    public required double SignalToNoise { get; init; }

    /// <summary>[H] Σ varᵢ over the weights into each latent unit and its bias, over ‖exact‖²; the lowest layer first.</summary>
    public required IReadOnlyList<double> UnitVariances { get; init; }

    /// <summary>[H] the same ratio as <see cref="SignalToNoise"/> for each latent unit alone; not finite where there is no noise.
    /// </summary>
    public required IReadOnlyList<double> UnitSignalToNoise { get; init; }

    /// <summary>Evaluations of log p(x, z) for one example and one estimate, those at relaxed z included.</summary>
    public required double Explanations { get; init; }

    /// <summary>Network evaluations for one example and one answer, all kinds together.</summary>
    public required double Evaluations { get; init; }

    /// <summary>Measured seconds of one estimate of the batch.</summary>
    public required double Seconds { get; init; }

    /// <summary>Noise² · evaluations: what a given precision costs. Lower is better.</summary>
    public double VarianceTimesCost => Noise * Noise * Evaluations;

    /// <summary>The error against the number of answers averaged, the last that of all of them.</summary>
    public required IReadOnlyList<AveragedError> Errors { get; init; }
}
