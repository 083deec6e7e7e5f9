using DreamViz.Engine.Estimators;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;

namespace DreamViz.Engine.Training;

/// <summary>Reads diagnostics off a trainer's newest wake phase. Allocates nothing in steady use.</summary>
internal sealed class WakeDiagnosticsFiller
{
    /// <summary>Examples whose units are looked at; more would only cost time.</summary>
    private const int MostExamples = 64;

    private readonly Trainer trainer;
    private readonly float[] activity, ofRecognition, ofGeneration;
    private double[] logWeights = [], normalized = [];

    public WakeDiagnosticsFiller(Trainer trainer)
    {
        this.trainer = trainer;
        int widest = trainer.Machine.LayerSizes.Max();
        (activity, ofRecognition, ofGeneration) = (new float[widest], new float[widest], new float[widest]);
    }

    /// <summary>Overwrites everything in the diagnostics.</summary>
    public void Fill(WakeDiagnostics diagnostics)
    {
        for (int l = 1; l < trainer.Machine.LayerSizes.Count; l++) FillDivergence(l, diagnostics.UnitDivergence[l - 1]);
        if (trainer.WakeGaussian is { } gaussian) FillGaussian(gaussian, diagnostics.GaussianDivergence);
        FillWeights(diagnostics);
        diagnostics.Signals = trainer.WakeRows == 0 ? null : trainer.Estimator.NewestSignals;
    }

    /// <summary>z·(η − a) − softplus(η) + softplus(a), η the logits of q and a those of p; of the top layer with σ(η) in place of
    /// z, which sums z out. In autoregressive layers all of it is given the siblings before the unit. Of a label's units,
    /// q_c (log q_c − log p_c), which sum to the label's divergence.</summary>
    private void FillDivergence(int layer, float[] divergence)
    {
        Array.Clear(divergence);
        if (trainer.WakeRows == 0) return;
        int samples = trainer.WakeSamplesPerExample;
        (int count, double total) = Examples();
        for (int b = 0; b < count; b++)
        {
            ReadOnlySpan<float> eta = trainer.WakeLogits(layer).Row(b * samples);
            ReadOnlySpan<float> a = trainer.WakeGenerativeLogits(layer).Row(b * samples);
            Softplus.Compute(eta, ofRecognition);
            Softplus.Compute(a, ofGeneration);
            FillActivity(layer, b * samples, eta);
            int classes = layer == trainer.Machine.Shape.LatentLayers ? trainer.Machine.Shape.Classes : 0;
            if (classes > 0) FillLabel(classes, eta, a);
            float share = Share(b * samples, total);
            for (int i = 0; i < divergence.Length; i++)
                divergence[i] += (activity[i] * (eta[i] - a[i]) - ofRecognition[i] + ofGeneration[i]) * share;
        }
    }

    private void FillGaussian(GaussianSample gaussian, float[] divergence)
    {
        Array.Clear(divergence);
        if (trainer.WakeRows == 0) return;
        (int count, double total) = Examples();
        for (int b = 0; b < count; b++)
        {
            int row = b * trainer.WakeSamplesPerExample;
            float share = Share(row, total);
            for (int i = 0; i < divergence.Length; i++)
                divergence[i] += share * (float)GaussianLayer.Divergence(gaussian.Means[row, i], gaussian.LogDeviations[row, i]);
        }
    }

    /// <summary>How many examples are looked at, and their share of the batch.</summary>
    private (int Count, double Total) Examples()
    {
        int samples = trainer.WakeSamplesPerExample, count = Math.Min(MostExamples, trainer.WakeRows / samples);
        double total = 0;
        for (int b = 0; b < count; b++) total += trainer.WakeShare(b * samples);
        return (count, total);
    }

    private float Share(int row, double total) => total > 0 ? (float)(trainer.WakeShare(row) / total) : 0;

    private void FillLabel(int classes, ReadOnlySpan<float> eta, ReadOnlySpan<float> a)
    {
        LabeledLayer.Softmax(eta[..classes], activity);
        float logSum = LogSumExp.Compute(eta[..classes]), ofPrior = LogSumExp.Compute(a[..classes]);
        for (int c = 0; c < classes; c++) (ofRecognition[c], ofGeneration[c]) = (activity[c] * logSum, activity[c] * ofPrior);
    }

    private void FillActivity(int layer, int row, ReadOnlySpan<float> eta)
    {
        if (layer == trainer.Machine.LayerSizes.Count - 1)
        {
            Sigmoid.Compute(eta, activity);
            return;
        }

        ReadOnlySpan<ulong> bits = trainer.WakeBits(layer).Row(row);
        for (int i = 0; i < eta.Length; i++) activity[i] = bits[i >> 6] >> i & 1;
    }

    private void FillWeights(WakeDiagnostics diagnostics)
    {
        LogTerms? terms = trainer.WakeRows == 0 ? null : trainer.Estimator.NewestTerms;
        int samples = terms?.SamplesPerExample ?? 1;
        int count = terms is null || samples == 1 ? 0 : samples;
        if (diagnostics.ImportanceWeights.Length != count) diagnostics.ImportanceWeights = new float[count];
        (diagnostics.EffectiveSampleSize, diagnostics.MeanEffectiveSampleSize) = (0, 0);
        if (terms is null || count == 0) return;
        if (logWeights.Length != count) (logWeights, normalized) = (new double[count], new double[count]);
        int examples = terms.Rows / count;
        for (int b = examples - 1; b >= 0; b--) diagnostics.MeanEffectiveSampleSize += Normalize(terms, b * count) / examples;
        diagnostics.EffectiveSampleSize = Normalize(terms, 0);
        for (int k = 0; k < count; k++) diagnostics.ImportanceWeights[k] = (float)normalized[k];
    }

    /// <summary>Overwrites the normalized weights with those of the explanations from this row on; returns 1/Σₖ w̃ₖ².</summary>
    private double Normalize(LogTerms terms, int first)
    {
        for (int k = 0; k < logWeights.Length; k++) logWeights[k] = terms.LogImportanceWeight(first + k);
        ImportanceWeights.Normalize(logWeights, normalized);
        double squares = 0;
        foreach (double weight in normalized) squares += weight * weight;
        return 1 / squares;
    }
}
