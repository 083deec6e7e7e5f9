namespace DreamViz.Engine.Estimators;

/// <summary>How large a learning signal is over one batch, in nats².</summary>
/// <param name="MeanSquare">Its mean square: the noise of a score-function gradient grows with it.</param>
/// <param name="Variance">Its variance, which no constant changes.</param>
public readonly record struct SignalSize(double MeanSquare, double Variance)
{
    /// <summary>The size of a signal of this mean and variance.</summary>
    public static SignalSize Of(double mean, double variance) => new(variance + mean * mean, variance);
}

/// <summary>What baselines leave of the learning signal f = log p(x, z) − log q(z | x) in one batch, all baselines those of past
/// batches. Of documents of N words c is per word, and N · c is subtracted.</summary>
/// <param name="Plain">f.</param>
/// <param name="Centered">f − c, c the running mean of f.</param>
/// <param name="Predicted">f − c − C(x), c the running mean of f − C; null where nothing is predicted from x.</param>
public readonly record struct LearningSignals(SignalSize Plain, SignalSize Centered, SignalSize? Predicted);
