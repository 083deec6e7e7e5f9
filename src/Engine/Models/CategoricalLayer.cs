using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>
/// p(x | z) = Π_{n=1…N} softmax(g(z))_{x_n}: the N words of a document, drawn independently from one distribution that the
/// parents choose; g is a neural network of zero or more hidden layers.
/// </summary>
/// <remarks>Documents are bags of words: children need <see cref="BitMatrix.Counts"/>. log p = Σ_w c_w log softmax(g)_w, without
/// the multinomial coefficient, given N. The gradient by g is c − N · softmax(g). The pass's logits are log-probabilities: a
/// softmax does not change when its logits move together. Source: P. Schulz, "Deep Generative Models: Discrete Latent
/// Variables"; as a bag of words, Hinton and Salakhutdinov, "Replicated softmax", 2009.</remarks>
public sealed partial class CategoricalLayer : ConditionalLayer
{
    private readonly BernoulliLayer network;
    private readonly int[] lengths;

    /// <param name="network">g, whose logits become those of the softmax; this layer's from now on.</param>
    /// <param name="lengths">The numbers of words that drawn documents have, each as likely; at least one.</param>
    public CategoricalLayer(BernoulliLayer network, IReadOnlyList<int> lengths)
    {
        (this.network, this.lengths) = (network, [.. lengths]);
    }

    /// <inheritdoc/>
    public override int ParentUnits => network.ParentUnits;

    /// <summary>V, words of the vocabulary.</summary>
    public override int Units => network.Units;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => network.Parameters;

    /// <inheritdoc/>
    internal override IReadOnlyList<Parameter> Weights => network.Weights;

    /// <inheritdoc/>
    internal override Parameter? GaussianWeights => network.GaussianWeights;

    /// <inheritdoc/>
    internal override Parameter? OutputWeights => network.OutputWeights;

    /// <inheritdoc/>
    internal override Parameter OutputBiases => network.OutputBiases;

    /// <inheritdoc/>
    public override LayerPass CreatePass() => network.CreatePass();

    /// <inheritdoc/>
    public override void ComputeLogits(BitMatrix parents, int repeats, LayerPass pass, WorkerTeam team)
    {
        network.ComputeLogits(parents, repeats, pass, team);
        LogSoftmax.Compute(pass.Logits, team);
    }

    /// <inheritdoc/>
    public override void ComputeRelaxedLogits(Matrix parents, LayerPass pass, WorkerTeam team)
    {
        network.ComputeRelaxedLogits(parents, pass, team);
        LogSoftmax.Compute(pass.Logits, team);
    }

    /// <inheritdoc/>
    /// <remarks>The errors are by g.</remarks>
    public override void ComputeParentErrors(LayerPass pass, Matrix errors, Matrix parentErrors, WorkerTeam team) =>
        network.ComputeParentErrors(pass, errors, parentErrors, team);

    /// <inheritdoc/>
    public override void ComputeResiduals(BitMatrix children, LayerPass pass, Matrix residuals, WorkerTeam team) =>
        CategoricalError.Compute(Documents(children), pass.Logits, [], residuals, team);

    /// <inheritdoc/>
    public override void Sample(LayerPass pass, StreamKey key, BitMatrix children, WorkerTeam team)
    {
        int[] words = pass.DrawnWords;
        CategoricalSampling.Sample(pass.Logits, lengths, key, children, pass.Errors, ref words, team);
        pass.DrawnWords = words;
    }

    /// <inheritdoc/>
    public override void AccumulateLogProbability(BitMatrix children, LayerPass pass, Span<float> result, WorkerTeam team) =>
        CategoricalLogProbability.Accumulate(Documents(children), pass.Logits, result, team);

    /// <inheritdoc/>
    public override void AccumulateGradient(BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        CategoricalError.Compute(Documents(children), pass.Logits, weights, pass.Errors, team);
        network.AccumulateErrors(pass, pass.Errors, team);
    }

    /// <inheritdoc/>
    /// <remarks>The errors are by g.</remarks>
    public override void AccumulateErrors(LayerPass pass, Matrix errors, WorkerTeam team) =>
        network.AccumulateErrors(pass, errors, team);

    /// <summary>For display: the change of g at word i when parent j turns on, the other parents at one half; less its mean over
    /// all words, which changes nothing.</summary>
    /// <param name="destination">[parent units, V], reshaped and overwritten.</param>
    public override void ComputePushes(Matrix destination)
    {
        network.ComputePushes(destination);
        SubtractMeans(destination);
    }

    /// <inheritdoc/>
    /// <remarks>Less its mean over all words, too.</remarks>
    public override void ComputeGaussianPushes(Matrix destination)
    {
        network.ComputeGaussianPushes(destination);
        SubtractMeans(destination);
    }

    private static void SubtractMeans(Matrix destination)
    {
        for (int j = 0; j < destination.Rows; j++)
        {
            Span<float> row = destination.Row(j);
            TensorPrimitives.Subtract(row, TensorPrimitives.Sum<float>(row) / row.Length, row);
        }
    }

    /// <summary>softmax_w: how probable it is that a word of the document is w. They sum to 1.</summary>
    public override void ComputeProbabilities(ReadOnlySpan<float> logits, Span<float> probabilities) =>
        TensorPrimitives.Exp(logits, probabilities);

    /// <inheritdoc/>
    public override float LogProbability(BitMatrix children, int row, ReadOnlySpan<float> logits) =>
        (float)CategoricalLogProbability.Compute(Documents(children).Words(row), Documents(children).Counts(row), logits);

    private static CountMatrix Documents(BitMatrix children) =>
        children.Counts ?? throw new ArgumentException("Expected documents with counts, found bits alone.", nameof(children));
}
