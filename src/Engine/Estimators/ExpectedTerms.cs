using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// What every unit adds to the ELBO that needs no draw of itself, given the layer below and the siblings before it: of the top layer
/// −KL(q(zᵢ) ‖ p(zᵢ)) = softplus(η) − softplus(a) − σ(η)(η − a), η the logits of q, a those of the prior; of a layer below it, whose
/// prior depends on layers above that depend on its draw, the entropy of q(zᵢ), softplus(η) − σ(η)·η. By η, with a = 0 below the top:
/// −σ(η)(1 − σ(η))(η − a). Of a label −KL(q(y) ‖ p(y)), class by class q_c (log p_c − log q_c), by its logits
/// q_c (log p_c − log q_c + KL); where it was observed, log p(y), which nothing of q can change.
/// </summary>
internal sealed class ExpectedTerms
{
    private readonly Matrix means = new(0, 0), differences = new(0, 0);
    private float[] probabilities = [];

    /// <summary>Every unit's term, in nats.</summary>
    /// <param name="sample">With both networks' logits.</param>
    /// <param name="index">Which recognition layer.</param>
    /// <param name="units">[rows, units], reshaped and overwritten.</param>
    public void Compute(MachineSample sample, int index, Matrix units)
    {
        Begin(sample, index);
        units.Reshape(means.Rows, means.Columns);
        Softplus.Compute(sample.Recognition(index).Logits.Flat, units.Flat);
        TensorPrimitives.Multiply(means.Flat, differences.Flat, differences.Flat);
        TensorPrimitives.Subtract(units.Flat, differences.Flat, units.Flat);
        if (Prior(sample, index) is not { } prior) return;
        Softplus.Compute(prior.Flat, means.Flat);
        TensorPrimitives.Subtract(units.Flat, means.Flat, units.Flat);
        for (int r = 0; r < units.Rows && sample.Classes > 0; r++) ComputeLabel(sample, index, r, units.Row(r)[..sample.Classes]);
    }

    /// <summary>errors_r += w_r · the derivative by its logit η of every unit's term.</summary>
    /// <param name="sample">With both networks' logits.</param>
    /// <param name="index">Which recognition layer.</param>
    /// <param name="rowWeights">[rows] w.</param>
    /// <param name="errors">[rows, units], accumulated.</param>
    public void AddDerivatives(MachineSample sample, int index, ReadOnlySpan<float> rowWeights, Matrix errors)
    {
        Begin(sample, index);
        TensorPrimitives.Multiply(differences.Flat, means.Flat, differences.Flat);
        TensorPrimitives.Subtract(1f, means.Flat, means.Flat);
        TensorPrimitives.Multiply(differences.Flat, means.Flat, differences.Flat);
        for (int r = 0; r < errors.Rows && IsLabeled(sample, index); r++) DifferentiateLabel(sample, index, r, differences.Row(r)[..sample.Classes]);
        for (int r = 0; r < errors.Rows; r++)
            TensorPrimitives.MultiplyAdd(differences.Row(r), -rowWeights[r], errors.Row(r), errors.Row(r));
    }

    /// <summary>σ(η) and η − a.</summary>
    private void Begin(MachineSample sample, int index)
    {
        Matrix logits = sample.Recognition(index).Logits;
        means.Reshape(logits.Rows, logits.Columns);
        Sigmoid.Compute(logits.Flat, means.Flat);
        differences.CopyFrom(logits);
        if (Prior(sample, index) is { } prior) TensorPrimitives.Subtract(differences.Flat, prior.Flat, differences.Flat);
    }

    /// <summary>[C] what every class adds to −KL(q(y) ‖ p(y)), overwritten.</summary>
    private static void ComputeLabel(MachineSample sample, int index, int row, Span<float> classes)
    {
        ReadOnlySpan<float> q = sample.Recognition(index).Logits.Row(row)[..classes.Length];
        ReadOnlySpan<float> p = Prior(sample, index)!.Row(row)[..classes.Length];
        float logSumOfQ = LogSumExp.Compute(q), logSumOfP = LogSumExp.Compute(p);
        int observed = sample.Recognition(index).ObservedLabel(row);
        for (int c = 0; c < classes.Length; c++)
        {
            float logP = p[c] - logSumOfP, logQ = q[c] - logSumOfQ;
            classes[c] = observed >= 0 ? (c == observed ? logP : 0) : MathF.Exp(logQ) * (logP - logQ);
        }
    }

    /// <summary>[C] minus the derivative by the label's logits, overwritten.</summary>
    private void DifferentiateLabel(MachineSample sample, int index, int row, Span<float> classes)
    {
        if (sample.Recognition(index).ObservedLabel(row) >= 0)
        {
            classes.Clear();
            return;
        }

        if (probabilities.Length < classes.Length) probabilities = new float[classes.Length];
        Span<float> q = probabilities.AsSpan(0, classes.Length);
        LabeledLayer.Softmax(sample.Recognition(index).Logits.Row(row)[..classes.Length], q);
        ComputeLabel(sample, index, row, classes);
        float sum = TensorPrimitives.Sum<float>(classes);
        for (int c = 0; c < classes.Length; c++) classes[c] = q[c] * sum - classes[c];
    }

    private static bool IsLabeled(MachineSample sample, int index) => sample.Classes > 0 && index == sample.LayerSizes.Count - 2;

    /// <summary>[rows, units] a; null below the top layer.</summary>
    private static Matrix? Prior(MachineSample sample, int index) =>
        index == sample.LayerSizes.Count - 2 ? sample.Generative(index + 1).Logits : null;
}
