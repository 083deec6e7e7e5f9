namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>
/// Neural variational inference and learning: at every layer, of h_i given h_{i−1}, the signal l_i = Σ_{j≥i}
/// [log p(h_{j−1} | h_j) − log q(h_j | h_{j−1})] + log p(h_L), without the terms that h_i cannot change; baselines c_i and
/// C_i(h_{i−1}; ω); division by max(1, s_i), s_i the running standard deviation of l_i − C_i over past batches.
/// </summary>
/// <remarks>Each layer's expected update is the ELBO's gradient divided by a number known before the batch.
/// Source: Mnih and Gregor, "Neural variational inference and learning in belief networks", 2014.</remarks>
public sealed class Nvil : BaselineEstimator
{
    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "nvil",
        "NVIL",
        "Every layer is judged only by what it can change, against baselines that see the layer below it.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    protected override bool IsLayerLocal => true;

    /// <inheritdoc/>
    protected override bool PredictsFromInput => true;

    /// <inheritdoc/>
    protected override bool Normalizes => true;
}
