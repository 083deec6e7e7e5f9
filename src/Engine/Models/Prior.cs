using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>p(z) = Πᵢ Bernoulli(zᵢ; sigmoid(aᵢ)), a conditional without parents: the biases a are learned, or all of them the logit
/// of one fixed φ, and then there is nothing to learn.</summary>
public sealed partial class Prior : ConditionalLayer
{
    private readonly Parameter biases;

    /// <param name="name">The parameters' first name, such as "prior".</param>
    /// <param name="units">Units of the top layer.</param>
    /// <param name="fixedProbability">φ; null for biases that are learned.</param>
    public Prior(string name, int units, double? fixedProbability)
    {
        biases = new Parameter($"{name}.biases", 1, units);
        Parameters = fixedProbability is null ? [biases] : [];
        if (fixedProbability is { } p) biases.Value.Row(0).Fill((float)Math.Log(p / (1 - p)));
    }

    /// <summary>Whether the biases are what they are for good.</summary>
    private bool IsFixed => Parameters.Count == 0;

    /// <inheritdoc/>
    public override int ParentUnits => 0;

    /// <inheritdoc/>
    public override int Units => biases.Columns;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    internal override IReadOnlyList<Parameter> Weights => [];

    internal override Parameter? OutputWeights => null;

    internal override Parameter OutputBiases => biases;

    /// <inheritdoc/>
    public override LayerPass CreatePass() => new(0);

    /// <inheritdoc/>
    public override void ComputeLogits(BitMatrix parents, int repeats, LayerPass pass, WorkerTeam team)
    {
        (pass.Parents, pass.RelaxedParents, pass.Repeats) = (parents, null, repeats);
        pass.ShareLogits(biases.Value, checked(parents.Rows * repeats));
    }

    /// <inheritdoc/>
    public override void Sample(LayerPass pass, StreamKey key, BitMatrix children, WorkerTeam team) =>
        BernoulliSampling.Sample(biases.Value.Row(0), pass.Rows, key, children, team);

    /// <inheritdoc/>
    public override void AccumulateLogProbability(BitMatrix children, LayerPass pass, Span<float> result, WorkerTeam team) =>
        BernoulliLogProbability.Accumulate(children, biases.Value.Row(0), result, team);

    /// <inheritdoc/>
    public override void AccumulateGradient(
        BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        if (!IsFixed) BernoulliError.Compute(children, biases.Value.Row(0), weights, pass.Errors, team, biases.Gradient.Row(0));
    }

    /// <inheritdoc/>
    protected override bool TryAddTo(
        DeltaRule rule, BitMatrix parents, BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, int threads)
    {
        if (IsFixed) return false;
        (pass.Parents, pass.RelaxedParents, pass.Repeats) = (parents, null, 1);
        pass.ShareLogits(biases.Value, children.Rows);
        rule.Add(new DeltaRuleTask
        {
            Parents = parents,
            Children = children,
            Weights = null,
            Bias = biases.Value.Row(0),
            Logits = null,
            BiasGradient = biases.Gradient,
            Target = null,
            Scale = null,
        }, weights);
        return true;
    }

    /// <inheritdoc/>
    public override void AccumulateErrors(LayerPass pass, Matrix errors, WorkerTeam team)
    {
        if (!IsFixed) ColumnSums.Accumulate(errors, biases.Gradient.Row(0), team);
    }

    /// <inheritdoc/>
    public override void ComputePushes(Matrix destination) => destination.Reshape(0, Units);
}
