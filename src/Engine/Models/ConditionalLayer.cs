using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>p(child | parents) of one stochastic layer: the building block of both networks. It computes logits once for a
/// batch, then samples, gives log-probabilities and accumulates gradients from them.</summary>
public abstract partial class ConditionalLayer
{
    /// <summary>The number of parent units; 0 for a prior.</summary>
    public abstract int ParentUnits { get; }

    /// <summary>The number of child units.</summary>
    public abstract int Units { get; }

    /// <summary>C, how many of the first units are the bits of one categorical label; 0 where all units are independent.</summary>
    public virtual int Classes => 0;

    /// <summary>Every parameter, in a fixed order.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>[units, units] S_ji, what sibling j adds to the logit of unit i when it is on, zero where i ≤ j; null where units
    /// are independent given their parents.</summary>
    public virtual Matrix? SiblingWeights => null;

    /// <summary>Whether units depend on each other given their parents: on siblings before them, or on a label beside them.</summary>
    internal bool HasDependentUnits => SiblingWeights is not null || Classes > 0;

    /// <summary>The weight matrices, those next to the parents first; their start is random.</summary>
    internal abstract IReadOnlyList<Parameter> Weights { get; }

    /// <summary>The weights into the children from their parents or from the last hidden layer; null for a prior.</summary>
    internal abstract Parameter? OutputWeights { get; }

    /// <summary>V [G, units or first hidden width], the weights of real-valued units among the parents; null without.</summary>
    internal virtual Parameter? GaussianWeights => null;

    /// <summary>The biases of the children, [1, units].</summary>
    internal abstract Parameter OutputBiases { get; }

    /// <summary>Room for the passes of this layer.</summary>
    public abstract LayerPass CreatePass();

    /// <summary>The logits of the children given their parents, kept in the pass for the calls below. Where children also
    /// depend on each other, <see cref="Sample"/> or <see cref="Complete"/> adds that part.</summary>
    /// <param name="parents">[B, parent units]; read again by <see cref="AccumulateGradient"/>.</param>
    /// <param name="repeats">K, how many children every parent row has; the layer is computed once for all of them.</param>
    /// <param name="pass">Its logits [B·K, units] are overwritten.</param>
    /// <param name="team">Who computes.</param>
    public abstract void ComputeLogits(BitMatrix parents, int repeats, LayerPass pass, WorkerTeam team);

    /// <summary>Adds to the logits what the given children contribute to each other's; nothing where they are independent given
    /// their parents.</summary>
    /// <param name="children">[B·K, units].</param>
    /// <param name="pass">Holds the logits [B·K, units] given the parents; accumulated.</param>
    /// <param name="team">Who computes.</param>
    public virtual void Complete(BitMatrix children, LayerPass pass, WorkerTeam team)
    {
    }

    /// <summary>Draws the children from the pass's logits, which are complete afterwards.</summary>
    /// <param name="pass">Holds the logits [B·K, units].</param>
    /// <param name="key">Names the random numbers.</param>
    /// <param name="children">[B·K, units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    public abstract void Sample(LayerPass pass, StreamKey key, BitMatrix children, WorkerTeam team);

    /// <summary><see cref="ComputeLogits"/> and <see cref="Sample"/> with the same bits, sooner where several threads can go from weights
    /// to children in one run.</summary>
    /// <param name="parents">[B, parent units].</param>
    /// <param name="repeats">K.</param>
    /// <param name="pass">Its logits [B·K, units] are overwritten.</param>
    /// <param name="key">Names the random numbers.</param>
    /// <param name="children">[B·K, units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    public virtual void Draw(BitMatrix parents, int repeats, LayerPass pass, StreamKey key, BitMatrix children, WorkerTeam team)
    {
        ComputeLogits(parents, repeats, pass, team);
        Sample(pass, key, children, team);
    }

    /// <summary>result_r += log p(child_r | parents_r), in nats.</summary>
    /// <param name="children">[B·K, units].</param>
    /// <param name="pass">Holds the logits [B·K, units].</param>
    /// <param name="result">[B·K], accumulated.</param>
    /// <param name="team">Who computes.</param>
    public abstract void AccumulateLogProbability(BitMatrix children, LayerPass pass, Span<float> result, WorkerTeam team);

    /// <summary>Gradients += Σ_r w_r ∇ log p(child_r | parents_r).</summary>
    /// <param name="children">[B·K, units].</param>
    /// <param name="pass">Holds parents and logits of the same batch.</param>
    /// <param name="weights">[B·K] w, one a child row.</param>
    /// <param name="team">Who computes.</param>
    public abstract void AccumulateGradient(
        BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, WorkerTeam team);

    /// <summary>Has the next run of a delta rule do what <see cref="ComputeLogits"/>, <see cref="Complete"/> and
    /// <see cref="AccumulateGradient"/> do; false, and nothing done, where the layer is more than one.</summary>
    /// <param name="rule">Takes the layer.</param>
    /// <param name="parents">[B, parent units].</param>
    /// <param name="children">[B, units].</param>
    /// <param name="pass">Its logits are overwritten in that run.</param>
    /// <param name="weights">[B] w, one a row.</param>
    /// <param name="threads">Who will compute.</param>
    protected virtual bool TryAddTo(
        DeltaRule rule, BitMatrix parents, BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, int threads) => false;

    /// <summary>The logits of the children given their parents and of each other, and gradients += Σ_r w_r ∇ log p(child_r |
    /// parents_r): now, or in the next run of the rule.</summary>
    /// <param name="rule">Takes the layer if it can.</param>
    /// <param name="parents">[B, parent units].</param>
    /// <param name="children">[B, units].</param>
    /// <param name="pass">Its logits are overwritten.</param>
    /// <param name="weights">[B] w, one a row.</param>
    /// <param name="team">Who computes.</param>
    internal void Learn(DeltaRule rule, BitMatrix parents, BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights,
        WorkerTeam team)
    {
        if (TryAddTo(rule, parents, children, pass, weights, team.Threads)) return;
        ComputeLogits(parents, 1, pass, team);
        Complete(children, pass, team);
        AccumulateGradient(children, pass, weights, team);
    }

    /// <summary>Gradients += Σ_r Σᵢ e_ri ∇ a_ri, a the children's logits.</summary>
    /// <param name="pass">Holds parents and logits of the same batch.</param>
    /// <param name="errors">[B·K, units] e.</param>
    /// <param name="team">Who computes.</param>
    public abstract void AccumulateErrors(LayerPass pass, Matrix errors, WorkerTeam team);

    /// <summary><see cref="AccumulateErrors"/> where all rows but the first of every group of n have none.</summary>
    /// <param name="pass">Holds parents and logits of all rows.</param>
    /// <param name="groupRows">n.</param>
    /// <param name="errors">[rows / n, units] those of first rows; may be overwritten.</param>
    /// <param name="team">Who computes.</param>
    internal virtual void AccumulateErrorsOfFirstRows(LayerPass pass, int groupRows, Matrix errors, WorkerTeam team)
    {
        pass.Errors.Reshape(errors.Rows * groupRows, errors.Columns);
        pass.Errors.Clear();
        for (int r = 0; r < errors.Rows; r++) errors.Row(r).CopyTo(pass.Errors.Row(r * groupRows));
        AccumulateErrors(pass, pass.Errors, team);
    }

    /// <summary>For display: how probable it is that each child is on, of words that one drawn word is this one.</summary>
    /// <param name="logits">[units] one row of a pass's logits.</param>
    /// <param name="probabilities">[units] σ(a) where not said otherwise, overwritten.</param>
    public virtual void ComputeProbabilities(ReadOnlySpan<float> logits, Span<float> probabilities) =>
        Sigmoid.Compute(logits, probabilities);

    /// <summary>For display: the change of child i's logit when real-valued parent j goes from −1 to 1, the others at 0 and bits at one
    /// half.</summary>
    /// <param name="destination">[G, units], reshaped and overwritten; without rows where there are none.</param>
    public virtual void ComputeGaussianPushes(Matrix destination) => destination.Reshape(0, Units);

    /// <summary>For display: log p(child | parents) of one child, of a label too where it was observed; in nats.</summary>
    /// <param name="children">[B, units].</param>
    /// <param name="row">Which child.</param>
    /// <param name="logits">[units] its row of a pass's logits.</param>
    public virtual float LogProbability(BitMatrix children, int row, ReadOnlySpan<float> logits) =>
        BernoulliLogProbability.Compute(children, row, logits);

    /// <summary>For display: the change of child i's logit when parent j turns on, the other parents at one half.</summary>
    /// <param name="destination">[parent units, units], reshaped and overwritten.</param>
    public abstract void ComputePushes(Matrix destination);
}
