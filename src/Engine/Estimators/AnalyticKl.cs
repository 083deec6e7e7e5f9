using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// Score function with analytic KL: the ELBO as E_q[log p(x | z)] − KL(q(z | x) ‖ p(z)), the second term exactly. By the
/// logits η of q, a of the prior: 1/K Σₖ log p(x | zᵏ) (zᵏ − σ(η)) − σ(η)(1 − σ(η))(η − a).
/// </summary>
/// <remarks>Defined for one latent layer and independent units in prior and recognition: else p(z) or q is no product and the
/// divergence no sum over units.
/// Source: Ranganath, Gerrish and Blei, "Black box variational inference", 2014, with the divergence of Bernoulli units.
/// </remarks>
public sealed class AnalyticKl : Estimator
{
    private readonly Matrix errors = new(0, 0);
    private float[] means = [];

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "analytic-kl",
        "Analytic KL",
        "Only how well pictures are explained is judged by samples; the distance from the prior is computed.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override bool AddsDivergenceGradient => true;

    /// <inheritdoc/>
    public override void CheckFits(MachineShape shape)
    {
        RequireOneLatentLayer(shape);
        RequireIndependentUnits(shape, AutoregressiveParts.Prior | AutoregressiveParts.Recognition);
    }

    /// <inheritdoc/>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        double each = 1.0 / terms.SamplesPerExample;
        weights.Generative.Fill(each);
        Span<double> recognition = weights.Recognition(0), logLikelihood = terms.Generative(0);
        for (int r = 0; r < terms.Rows; r++) recognition[r] = each * logLikelihood[r];
    }

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        LayerPass pass = sample.Recognition(0);
        BernoulliError.Compute(sample.Bits(1), pass.Logits, RecognitionWeights.Row(0), errors, team);
        if (means.Length < errors.Columns) means = new float[errors.Columns];
        int samples = sample.SamplesPerExample;
        for (int r = 0; r < errors.Rows; r++)
        {
            float weight = (float)(exampleWeights[r / samples] * share / samples);
            AddDivergence(pass.Logits.Row(r), machine.Generative.PriorBiases, weight, errors.Row(r));
        }

        machine.Recognition.Layers[0].AccumulateErrors(pass, errors, team);
    }

    /// <summary>errors += weight · σ(η)(1 − σ(η))(a − η).</summary>
    private void AddDivergence(ReadOnlySpan<float> logits, ReadOnlySpan<float> prior, float weight, Span<float> errors)
    {
        Sigmoid.Compute(logits, means);
        for (int i = 0; i < errors.Length; i++)
            errors[i] += weight * means[i] * (1 - means[i]) * (prior[i] - logits[i]);
    }
}
