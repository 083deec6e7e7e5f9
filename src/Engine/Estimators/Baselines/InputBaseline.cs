namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>Score function with an input-dependent baseline: (f − c − C(x; ω)) ∇λ log q(z | x), f = log p(x, z) −
/// log q(z | x), C a network trained to predict f − c from x alone.</summary>
/// <remarks>Source: Mnih and Gregor, "Neural variational inference and learning in belief networks", 2014.</remarks>
public sealed class InputBaseline : BaselineEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "input-baseline",
        "Input baseline",
        "A network learns what to expect of each picture, and explanations are judged against that.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    protected override bool PredictsFromInput => true;
}
