namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>Score function with variance normalization: (f − c − C(x; ω)) / max(1, s) · ∇λ log q(z | x), f = log p(x, z) −
/// log q(z | x), s the running standard deviation of f − C over past batches.</summary>
/// <remarks>The expected update is the ELBO's gradient divided by a number known before the batch.
/// Source: Mnih and Gregor, "Neural variational inference and learning in belief networks", 2014.</remarks>
public sealed class VarianceNormalization : BaselineEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "variance-normalization",
        "Variance normalization",
        "Judgements against both baselines are divided by their usual spread, so that one learning rate always suits.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    protected override bool PredictsFromInput => true;

    /// <inheritdoc/>
    protected override bool Normalizes => true;
}
