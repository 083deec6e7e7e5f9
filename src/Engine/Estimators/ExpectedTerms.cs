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
    private readonly Matrix normalizers = new(0, 0), derivatives = new(0, 0);
    private float[] probabilities = [], noScores = [];

    /// <summary>Every unit's term, in nats.</summary>
    /// <param name="machine">Whose units they are.</param>
    /// <param name="sample">With both networks' logits.</param>
    /// <param name="index">Which recognition layer.</param>
    /// <param name="units">[rows, units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    public void Compute(HelmholtzMachine machine, MachineSample sample, int index, Matrix units, WorkerTeam team)
    {
        Matrix logits = sample.Recognition(index).Logits;
        if (Prior(sample, index) is not { } each)
        {
            ExpectedLogRatio.Compute(logits, null, null, units, team);
            return;
        }

        // The logits of a prior of independent units are the same for every row.
        Matrix prior = machine.Generative.Prior is Prior ? machine.Generative.Prior.OutputBiases.Value : each;
        normalizers.Reshape(prior.Rows, prior.Columns);
        Softplus.Compute(prior.Flat, normalizers.Flat);
        ExpectedLogRatio.Compute(logits, prior, normalizers, units, team);
        for (int r = 0; r < units.Rows && sample.Classes > 0; r++) ComputeLabel(sample, index, r, units.Row(r)[..sample.Classes]);
    }

    /// <summary>errors_r = w_r · (z_r − σ(η_r)) + v_r · the derivative by its logit η of every unit's term, where there is no label.</summary>
    /// <param name="sample">With both networks' logits.</param>
    /// <param name="index">Which recognition layer.</param>
    /// <param name="scoreWeights">[rows] w.</param>
    /// <param name="termWeights">[rows] v.</param>
    /// <param name="errors">[rows, units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    public static void ComputeErrors(MachineSample sample, int index, ReadOnlySpan<float> scoreWeights, ReadOnlySpan<float> termWeights,
        Matrix errors, WorkerTeam team) =>
        ScoreAndSlope.ComputeTowards(sample.Bits(index + 1), sample.Recognition(index).Logits, scoreWeights, Prior(sample, index), termWeights,
            errors, team);

    /// <summary>errors_r += v_r · the derivative by its logit η of every unit's term.</summary>
    /// <param name="sample">With both networks' logits.</param>
    /// <param name="index">Which recognition layer.</param>
    /// <param name="termWeights">[rows] v.</param>
    /// <param name="errors">[rows, units], accumulated.</param>
    /// <param name="team">Who computes.</param>
    public void AddDerivatives(MachineSample sample, int index, ReadOnlySpan<float> termWeights, Matrix errors, WorkerTeam team)
    {
        if (noScores.Length < errors.Rows) noScores = new float[errors.Rows];
        ComputeErrors(sample, index, noScores.AsSpan(0, errors.Rows), termWeights, derivatives, team);
        for (int r = 0; r < errors.Rows && IsLabeled(sample, index); r++)
            DifferentiateLabel(sample, index, r, termWeights[r], derivatives.Row(r)[..sample.Classes]);
        for (int r = 0; r < errors.Rows; r++) TensorPrimitives.Add(errors.Row(r), derivatives.Row(r), errors.Row(r));
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

    /// <summary>[C] weight · the derivative by the label's logits, overwritten.</summary>
    private void DifferentiateLabel(MachineSample sample, int index, int row, float weight, Span<float> classes)
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
        for (int c = 0; c < classes.Length; c++) classes[c] = weight * (classes[c] - q[c] * sum);
    }

    private static bool IsLabeled(MachineSample sample, int index) => sample.Classes > 0 && index == sample.LayerSizes.Count - 2;

    /// <summary>[rows, units] a; null below the top layer.</summary>
    private static Matrix? Prior(MachineSample sample, int index) =>
        index == sample.LayerSizes.Count - 2 ? sample.Generative(index + 1).Logits : null;
}
