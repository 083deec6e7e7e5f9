using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>
/// Mean and variance of learning signals, forgotten exponentially, one pair a baseline: m ← d·m + (1 − d)·m̂, v ← d·(v +
/// (1 − d)(m̂ − m)² n̂) + (1 − d)·v̂ with m̂, v̂ and the mean n̂ of N² of one batch; the first batch is taken as it is.
/// </summary>
/// <remarks>Computed in double and kept in single precision, so that a checkpoint holds them to the last bit.</remarks>
internal sealed class RunningMoments(int count)
{
    /// <summary>[count, 2] mean and variance.</summary>
    public Matrix State { get; } = new(count, 2);

    /// <summary>The mean of past batches, in nats, of documents in nats per word; 0 before the first.</summary>
    public double Mean(int index) => State[index, 0];

    /// <summary>The standard deviation within past batches and between them, in nats; 0 before the first.</summary>
    public double Deviation(int index) => Math.Sqrt(State[index, 1]);

    /// <summary>Takes one more batch.</summary>
    /// <param name="index">Which pair.</param>
    /// <param name="batch">m̂, v̂ and n̂.</param>
    /// <param name="decay">d; 0 forgets all but this batch.</param>
    public void Add(int index, BatchMoments batch, double decay)
    {
        double difference = batch.Mean - State[index, 0], between = difference * difference * batch.SquareLength;
        State[index, 1] = (float)(decay * (State[index, 1] + (1 - decay) * between) + (1 - decay) * batch.Variance);
        State[index, 0] = (float)(State[index, 0] + (1 - decay) * difference);
    }
}
