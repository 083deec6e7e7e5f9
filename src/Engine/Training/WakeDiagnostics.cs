using DreamViz.Engine.Estimators;

namespace DreamViz.Engine.Training;

/// <summary>What the newest wake phase tells of the latent units and of the estimator.</summary>
/// <param name="layerSizes">Units of every layer, visible first.</param>
/// <param name="gaussianUnits">G, real-valued units beside the top layer's bits.</param>
public sealed class WakeDiagnostics(IReadOnlyList<int> layerSizes, int gaussianUnits = 0)
{
    /// <summary>[L][H_l] for every unit of latent layer l + 1 its share of KL(q(z | x) ‖ p(z)) in nats, the mean over the batch: of
    /// the top layer KL(q(zᵢ | z_{L−1}) ‖ p(zᵢ)), below it log q(zᵢ | z_{l−1}) − log p(zᵢ | z_{l+1}) at the drawn bits, which can
    /// be negative in one batch.</summary>
    public float[][] UnitDivergence { get; } = [.. layerSizes.Skip(1).Select(units => new float[units])];

    /// <summary>[G] KL(q(gᵢ | z_{L−1}) ‖ N(0, 1)) in nats of every real-valued unit, the mean over the batch.</summary>
    public float[] GaussianDivergence { get; } = new float[gaussianUnits];

    /// <summary>[K] normalized importance weights w̃ₖ ∝ p(x, zᵏ)/q(zᵏ | x) of the explanations of the example shown, in the order of
    /// drawing; empty where the estimator reads no weights or draws dependent explanations.</summary>
    public float[] ImportanceWeights { get; internal set; } = [];

    /// <summary>1/Σₖ w̃ₖ² of these weights, 1 to K; 0 where there are none.</summary>
    public double EffectiveSampleSize { get; internal set; }

    /// <summary>The mean of 1/Σₖ w̃ₖ² over the batch; 0 where there are no weights.</summary>
    public double MeanEffectiveSampleSize { get; internal set; }

    /// <summary>What baselines left of the learning signal; null where there are none, or no past batch.</summary>
    public LearningSignals? Signals { get; internal set; }
}
