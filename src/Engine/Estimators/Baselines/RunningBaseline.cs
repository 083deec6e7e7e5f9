namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>Score function with a running baseline: (f − c) ∇λ log q(z | x), f = log p(x, z) − log q(z | x), c its running
/// mean over past batches.</summary>
/// <remarks>A c that included the present batch of B would shrink the gradient by (B − 1)/B.
/// Source: Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", 1992.
/// </remarks>
public sealed class RunningBaseline : BaselineEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "running-baseline",
        "Running baseline",
        "Explanations are judged against the mean of those before: better than usual is reinforced, worse is weakened.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);
}
