using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>
/// p(y | x) = Πᵢ Bernoulli(yᵢ; sigmoid(aᵢ)), aᵢ = aᵢ(x) + Σ_{j&lt;i} yⱼ·S_ji: each unit also sees the siblings before it, so
/// that one layer can hold any dependence that is linear in logits. a(x) is another layer's.
/// </summary>
/// <remarks>S starts at zero, where this layer is the other one; at and below its diagonal it stays exactly zero, because its
/// gradient is. Sampling goes unit by unit, log-probabilities and gradients need one product. Source: Gregor, Danihelka, Mnih,
/// Blundell and Wierstra, "Deep autoregressive networks", 2014; the layer alone: Frey, Hinton and Dayan, "Does the wake-sleep
/// algorithm produce good density estimators?", 1996.</remarks>
public sealed partial class AutoregressiveLayer : ConditionalLayer
{
    private readonly ConditionalLayer independent;
    private readonly Parameter siblings;

    /// <param name="name">The parameters' first name, such as "prior".</param>
    /// <param name="independent">a(x): Bernoulli units that are independent given their parents.</param>
    public AutoregressiveLayer(string name, ConditionalLayer independent)
    {
        this.independent = independent;
        siblings = new Parameter($"{name}.siblings", independent.Units, independent.Units);
        noBiases = new float[independent.Units];
        Parameters = [.. independent.Parameters, siblings];
    }

    /// <inheritdoc/>
    public override int ParentUnits => independent.ParentUnits;

    /// <inheritdoc/>
    public override int Units => independent.Units;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Matrix? SiblingWeights => siblings.Value;

    internal override IReadOnlyList<Parameter> Weights => independent.Weights;

    internal override Parameter? GaussianWeights => independent.GaussianWeights;

    internal override Parameter? OutputWeights => independent.OutputWeights;

    internal override Parameter OutputBiases => independent.OutputBiases;

    internal override Matrix? LinearWeights => independent.LinearWeights;

    /// <inheritdoc/>
    public override LayerPass CreatePass() => independent.CreatePass();

    /// <inheritdoc/>
    public override void ComputeLogits(BitMatrix parents, int repeats, LayerPass pass, WorkerTeam team) =>
        independent.ComputeLogits(parents, repeats, pass, team);

    /// <inheritdoc/>
    public override void Complete(BitMatrix children, LayerPass pass, WorkerTeam team)
    {
        (pass.Children, pass.RelaxedChildren) = (children, null);
        BinaryAffine.Accumulate(children, siblings.Value, pass.Logits, team);
    }

    /// <inheritdoc/>
    public override void Sample(LayerPass pass, StreamKey key, BitMatrix children, WorkerTeam team)
    {
        (pass.Children, pass.RelaxedChildren) = (children, null);
        OrderedSampling.Sample(pass.Logits, siblings.Value, key, children, team);
    }

    /// <inheritdoc/>
    public override void AccumulateLogProbability(BitMatrix children, LayerPass pass, Span<float> result, WorkerTeam team) =>
        BernoulliLogProbability.Accumulate(children, pass.Logits, result, team);

    /// <inheritdoc/>
    public override void AccumulateGradient(
        BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        BernoulliError.Compute(children, pass.Logits, weights, pass.Errors, team);
        AccumulateErrors(pass, pass.Errors, team);
    }

    /// <inheritdoc/>
    public override void AccumulateErrors(LayerPass pass, Matrix errors, WorkerTeam team)
    {
        independent.AccumulateErrors(pass, errors, team);
        if (pass.RelaxedChildren is { } relaxed)
        {
            DenseOuterProduct.Accumulate(relaxed, errors, siblings.Gradient, team);
            ClearRest(siblings.Gradient);
            return;
        }

        siblings.AccumulateOuterProduct(pass.Children, errors, team);
        ClearRest(siblings.AscentRate != 0 ? siblings.Value : siblings.Gradient);
    }

    /// <inheritdoc/>
    public override void ComputeGaussianPushes(Matrix destination) => independent.ComputeGaussianPushes(destination);

    /// <inheritdoc/>
    public override void ComputePushes(Matrix destination) => independent.ComputePushes(destination);

    /// <summary>Zero for every i ≤ j: no unit sees itself or those behind it.</summary>
    internal static void ClearRest(Matrix matrix)
    {
        for (int j = 0; j < matrix.Rows; j++) matrix.Row(j)[..(j + 1)].Clear();
    }
}
