namespace DreamViz.Engine.Estimators;

/// <summary>What the expected update is the gradient of.</summary>
public enum ClaimedObjective
{
    /// <summary>E_q[log p(x, z) − log q(z | x)].</summary>
    Elbo,

    /// <summary>E[log 1/K Σₖ p(x, zᵏ)/q(zᵏ | x)], zᵏ ~ q.</summary>
    ImportanceWeightedBound,

    /// <summary>E_p(x̃,z)[log q(z | x̃)]: the inclusive KL divergence on dreams.</summary>
    InclusiveKlOnDreams,

    /// <summary>E_p(z|x)[log q(z | x)]: the inclusive KL divergence on data.</summary>
    InclusiveKlOnData,

    /// <summary>Nothing: these parameters do not learn.</summary>
    None,
}

/// <summary>An estimator as menus, the command line and the tests know it.</summary>
/// <param name="Key">What settings call it, such as "wake-sleep".</param>
/// <param name="Name">What people call it.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Generative">The objective that θ's update claims.</param>
/// <param name="GenerativeUnbiased">Whether the expected update of θ is exactly that objective's gradient.</param>
/// <param name="Recognition">The objective that λ's update claims; of reweighted wake-sleep, its wake phase.</param>
/// <param name="RecognitionUnbiased">Whether the expected update of λ is exactly that objective's gradient.</param>
public sealed record EstimatorDescription(
    string Key,
    string Name,
    string Summary,
    ClaimedObjective Generative,
    bool GenerativeUnbiased,
    ClaimedObjective Recognition,
    bool RecognitionUnbiased);
