using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>REBAR: an unbiased gradient of the ELBO; its control variate is the learning signal at relaxed values, C(ζ) = c·f_l(ζ),
/// with τ and c learned.</summary>
/// <remarks>Source: Tucker, Mnih, Maddison, Lawson and Sohl-Dickstein, "REBAR: low-variance, unbiased gradient estimates for discrete
/// latent variable models", 2017, stacks by its section on multilayer networks.</remarks>
public sealed class Rebar : RelaxedControlEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "rebar",
        "REBAR",
        "Softened bits tell what to expect of a draw, and their own bias is subtracted again: a gradient that is exact on average.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings =>
        [nameof(TrainingSettings.BaselineRate), nameof(TrainingSettings.Temperature)];
}
