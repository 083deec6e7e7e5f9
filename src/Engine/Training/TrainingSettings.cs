namespace DreamViz.Engine.Training;

/// <summary>Where the recognition network of reweighted wake-sleep learns.</summary>
public enum RecognitionLearning
{
    /// <summary>From importance-weighted samples that explain data (wake-phase λ).</summary>
    Wake,

    /// <summary>Half from wake samples, half from dreams.</summary>
    Both,

    /// <summary>From dreams (sleep-phase λ).</summary>
    Sleep,
}

/// <summary>What happens to labels that are not known.</summary>
public enum LabelInference
{
    /// <summary>They are drawn from q(y | x), like every other unit.</summary>
    Sampled,

    /// <summary>They are summed out: every label is tried and weighed with q(y | x).</summary>
    Exact,
}

/// <summary>How a gradient becomes a change of the parameters.</summary>
public enum OptimizerKind
{
    /// <summary>Plain stochastic gradient ascent.</summary>
    Sgd,

    /// <summary>Stochastic gradient ascent with momentum.</summary>
    Momentum,

    /// <summary>Adam, with its bias corrections.</summary>
    Adam,
}

/// <summary>Everything about learning that may change in the middle of a run. Immutable: a change is a new record.</summary>
public sealed record TrainingSettings
{
    /// <summary>The range of <see cref="Temperature"/>.</summary>
    internal const double LowestTemperature = 0.05, HighestTemperature = 5;

    /// <summary>The gradient estimator's key in the catalogue.</summary>
    [Header("Estimator"), Tooltip("Which estimator turns samples into gradients.")]
    public string Estimator { get; init; } = "wake-sleep";

    /// <summary>K, samples of the latents per example in the wake phase.</summary>
    [Range(1, 50, Logarithmic = true), Tooltip("Samples of the latents per example in the wake phase.")]
    public int Samples { get; init; } = 1;

    /// <summary>Where the recognition network learns; wake-sleep always learns it from dreams.</summary>
    [Tooltip("Reweighted wake-sleep: whether recognition learns from data, from dreams, or half from each.")]
    public RecognitionLearning RecognitionLearning { get; init; } = RecognitionLearning.Sleep;

    /// <summary>d in m ← d·m + (1 − d)·m̂, the running mean and variance of learning signals.</summary>
    [Range(0, 0.999), Tooltip("How slowly running baselines forget: the share of the past in each update.")]
    public double BaselineDecay { get; init; } = 0.9;

    /// <summary>Hidden units of the network that predicts learning signals; another width begins anew.</summary>
    [Range(1, 500, Logarithmic = true), Tooltip("Hidden units of the network that predicts learning signals.")]
    public int BaselineWidth { get; init; } = 100;

    /// <summary>Adam's rate for the network that predicts learning signals.</summary>
    [Range(1e-5, 1, Logarithmic = true), Tooltip("Learning rate of the network that predicts learning signals, by Adam.")]
    public double BaselineRate { get; init; } = 1e-3;

    /// <summary>τ of ζ = σ((η + noise)/τ), bits relaxed to numbers between 0 and 1; where τ is learned, its start: another one
    /// begins anew.</summary>
    [Range(LowestTemperature, HighestTemperature, Logarithmic = true)]
    [Tooltip("How soft relaxed bits are: near 0 they are bits again. REBAR and RELAX learn it from this start.")]
    public double Temperature { get; init; } = 0.5;

    /// <summary>How many training examples keep their label, as many of each class; the others are learned from without.</summary>
    [Header("Labels"), Min(0), Tooltip("How many training examples keep their label, as many of each class.")]
    public int LabeledExamples { get; init; } = 100;

    /// <summary>α, the weight of log q(y | x) for each example with a known label.</summary>
    [Range(0, 100), Tooltip("How much recognition learns to name known labels: the weight of log q(y | x).")]
    public double LabelWeight { get; init; } = 1;

    /// <summary>What happens to labels that are not known.</summary>
    [Tooltip("Labels that are not known are drawn from q(y | x), or all of them are tried and weighed with it.")]
    public LabelInference LabelInference { get; init; }

    /// <summary>Examples per step, and dreams per step.</summary>
    [Header("Learning"), Range(1, 500, Logarithmic = true), Tooltip("Examples per wake phase and dreams per sleep phase.")]
    public int BatchSize { get; init; } = 20;

    /// <summary>Learning rate of the generative network θ before decay.</summary>
    [Range(1e-4, 2, Logarithmic = true), Tooltip("Learning rate of the generative network, before decay.")]
    public double GenerativeRate { get; init; } = 0.3;

    /// <summary>Learning rate of the recognition network λ before decay.</summary>
    [Range(1e-4, 2, Logarithmic = true), Tooltip("Learning rate of the recognition network, before decay.")]
    public double RecognitionRate { get; init; } = 0.3;

    /// <summary>T in rate / (1 + t / T) at step t; 0 keeps the rate constant.</summary>
    [Min(0), Tooltip("T in rate / (1 + t / T) at step t; 0 keeps the rate constant.")]
    public double RateDecaySteps { get; init; }

    /// <summary>How a gradient becomes a change of the parameters.</summary>
    [Header("Optimizer"), Tooltip("How a gradient becomes a change of the parameters.")]
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>Momentum's decay, and Adam's β₁.</summary>
    [Range(0, 0.999), Tooltip("Momentum's decay, and Adam's first decay.")]
    public double Momentum { get; init; } = 0.9;

    /// <summary>The generative rate at step t: GenerativeRate / (1 + t / RateDecaySteps).</summary>
    public double EffectiveGenerativeRate(long step) => GenerativeRate * Decay(step);

    /// <summary>The recognition rate at step t: RecognitionRate / (1 + t / RateDecaySteps).</summary>
    public double EffectiveRecognitionRate(long step) => RecognitionRate * Decay(step);

    private double Decay(long step) => RateDecaySteps > 0 ? 1 / (1 + step / RateDecaySteps) : 1;
}
