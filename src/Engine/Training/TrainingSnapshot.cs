namespace DreamViz.Engine.Training;

/// <summary>One stochastic layer in a sample: the newest bits and what happened since the previous snapshot.</summary>
public sealed class LayerSample(int units)
{
    /// <summary>The number of units.</summary>
    public int Units { get; } = units;

    /// <summary>[Units] the newest sample, 0 or 1.</summary>
    public byte[] Bits { get; } = new byte[units];

    /// <summary>[Units] the probabilities of the newest sample: q(hᵢ|hᵢ₋₁) in the wake world (p(x|h₁) for layer 0, the
    /// reconstruction), p(hᵢ|hᵢ₊₁) in the dream (the prior for the top); in an autoregressive layer also given the siblings
    /// before each unit.</summary>
    public float[] Probabilities { get; } = new float[units];

    /// <summary>[Units] mean of the bits over the samples since the previous snapshot.</summary>
    public float[] Means { get; } = new float[units];

    /// <summary>[Units] how often each unit flipped from one sample to the next since the previous snapshot.</summary>
    public int[] Flips { get; } = new int[units];

    /// <summary>Log-probability of the newest bits under <see cref="Probabilities"/>, in nats, summed over units.</summary>
    public float LogProbability { get; set; }
}

/// <summary>The real-valued units of a sample.</summary>
/// <param name="units">G.</param>
public sealed class GaussianState(int units)
{
    /// <summary>[G] g.</summary>
    public float[] Values { get; } = new float[units];

    /// <summary>[G] μ from which it was drawn; 0 in a dream.</summary>
    public float[] Means { get; } = new float[units];

    /// <summary>[G] σ with which it was drawn; 1 in a dream.</summary>
    public float[] Deviations { get; } = new float[units];
}

/// <summary>A wake sample or a dream, complete: every layer of one and the same example.</summary>
public sealed class PhaseSample
{
    /// <param name="layerSizes">Units of every layer, visible first.</param>
    /// <param name="gaussianUnits">G, real-valued units beside the top layer's bits.</param>
    public PhaseSample(IReadOnlyList<int> layerSizes, int gaussianUnits = 0) =>
        (Layers, Gaussian) = ([.. layerSizes.Select(units => new LayerSample(units))], new GaussianState(gaussianUnits));

    /// <summary>The step that drew the newest sample; −1 before the first.</summary>
    public long Step { get; set; } = -1;

    /// <summary>How many samples <see cref="LayerSample.Means"/> and <see cref="LayerSample.Flips"/> cover; 0 when no new
    /// sample came since the previous snapshot (then the bits are those of the last one).</summary>
    public int SampleCount { get; set; }

    /// <summary>The training example shown, from 0; −1 in a dream.</summary>
    public int Example { get; set; } = -1;

    /// <summary>The label given with the example, or −1: it is not known, or this is a dream.</summary>
    public int Label { get; set; } = -1;

    /// <summary>Every layer, the visible one first.</summary>
    public LayerSample[] Layers { get; }

    /// <summary>The real-valued units beside the top layer's bits.</summary>
    public GaussianState Gaussian { get; }
}

/// <summary>What the engine shows of itself between two steps. Valid, and unchanging, until the next one is taken from the
/// exchange.</summary>
public sealed class TrainingSnapshot(IReadOnlyList<int> layerSizes, int gaussianUnits = 0)
{
    /// <summary>Steps taken so far.</summary>
    public long Step { get; set; }

    /// <summary>The seed of the run; changes when it is re-seeded.</summary>
    public ulong Seed { get; set; }

    /// <summary>The settings that the next step will use.</summary>
    public TrainingSettings Settings { get; set; } = new();

    /// <summary>A recognition sample that explains one training example.</summary>
    public PhaseSample Wake { get; } = new(layerSizes, gaussianUnits);

    /// <summary>An ancestral sample of the generative network.</summary>
    public PhaseSample Dream { get; } = new(layerSizes, gaussianUnits);

    /// <summary>What the newest wake phase tells of units and estimator.</summary>
    public WakeDiagnostics Diagnostics { get; } = new(layerSizes, gaussianUnits);

    /// <summary>[top units] mean of q(h_top | ·) over the newest minibatch.</summary>
    public float[] RecognitionTopMean { get; } = new float[layerSizes[^1]];

    /// <summary>[top units] the prior's mean of every unit, estimated where it is autoregressive.</summary>
    public float[] PriorMean { get; } = new float[layerSizes[^1]];
}
