using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// Score function with analytic KL: of the ELBO all that can be computed given the layers below is computed, E_q[Σ_l log p(z_{l−1} | z_l)
/// + Σ_l e_l(z_{l−1})], e_L = −KL(q(z_L | z_{L−1}) ‖ p(z_L)) and below the top e_l the entropy of q(z_l | z_{l−1}). By the logits η of q at
/// layer l: 1/K Σₖ g_l (z_l − σ(η)) + ∂e_l/∂η, g_l = log p(z_{l−1} | z_l) + Σ_{j&gt;l} [log p(z_{j−1} | z_j) + e_j(z_{j−1})].
/// </summary>
/// <remarks>
/// log p(z_l | z_{l+1}) itself needs draws: z_{l+1} depends on z_l. With one latent layer, g = log p(x | z) and ∂e/∂η = −σ(η)(1 −
/// σ(η))(η − a), a the logits of the prior. Where siblings depend on each other, in q or in the prior, e_l is a sum over units given
/// the siblings before them, E_q[Σᵢ e_li(z_l1 … z_l,i−1)], and unit i is also judged by the e_lj of the siblings behind it. A label is a
/// unit that all bits beside it are behind, and they are behind no other.
/// Source: Ranganath, Gerrish and Blei, "Black box variational inference", 2014, with the divergence of Bernoulli units.
/// </remarks>
public sealed class AnalyticKl : Estimator
{
    private readonly ExpectedTerms expected = new();
    private readonly Matrix errors = new(0, 0), scores = new(0, 0);
    private float[] rowWeights = [];
    private HelmholtzMachine? learner;
    private Matrix[] ownSignals = [];

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "analytic-kl",
        "Analytic KL",
        "Only how well the layer below is explained is judged by samples; the distance from the prior is computed.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override bool AddsExpectedTerms => true;

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
        learner = machine;
        ownSignals = [.. machine.Recognition.Layers.Select(_ => new Matrix(0, 0))];
    }

    /// <inheritdoc/>
    public override Matrix? UnitSignals(int index) => SiblingsMatter(index) ? ownSignals[index] : null;

    /// <inheritdoc/>
    /// <remarks>Of e_l, what siblings behind a unit add is its own to judge; what it and those before it add has mean zero: −Σ_{j≤i} e_lj
    /// takes it away again.</remarks>
    public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
    {
        for (int l = 0; l < ownSignals.Length; l++)
        {
            if (!SiblingsMatter(l)) continue;
            Matrix signals = ownSignals[l];
            expected.Compute(learner!, sample, l, signals, team);
            int classes = learner!.Recognition.Layers[l].Classes;
            for (int r = 0; r < signals.Rows; r++)
            {
                if (classes > 0)
                {
                    Span<float> row = signals.Row(r);
                    (float ofLabel, float all) = (TensorPrimitives.Sum<float>(row[..classes]), TensorPrimitives.Sum<float>(row));
                    row[..classes].Fill(-ofLabel);
                    row[classes..].Fill(-all);
                    continue;
                }

                double sum = 0;
                foreach (ref float signal in signals.Row(r)) signal = (float)(sum -= signal);
            }
        }
    }

    /// <inheritdoc/>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        double each = 1.0 / terms.SamplesPerExample;
        weights.Generative.Fill(each);
        for (int r = 0; r < terms.Rows; r++)
        {
            double above = 0;
            for (int l = terms.LatentLayers - 1; l >= 0; l--)
            {
                double signal = terms.Generative(l)[r] + above;
                double withExpected = signal + terms.Expected(l)[r];
                above = withExpected + (l == terms.LatentLayers - 1 ? terms.Gaussian[r] : 0);
                weights.Recognition(l)[r] = each * (SiblingsMatter(l) ? withExpected : signal);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool ReadsExpectedTerms(int index) => index > 0 || SiblingsMatter(index);

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        ReadOnlySpan<float> weights = DrawWeights(sample, exampleWeights, share, ref rowWeights);
        for (int l = 0; l < machine.Recognition.Layers.Count; l++)
        {
            ConditionalLayer layer = machine.Recognition.Layers[l];
            LayerPass pass = sample.Recognition(l);
            ReadOnlySpan<float> shared = RecognitionWeights.Row(l);
            if (UnitSignals(l) is { } signals)
            {
                layer.ComputeResiduals(sample.Bits(l + 1), pass, scores, team);
                SignaledScores.Compute(scores, signals, weights, shared, errors, team);
                expected.AddDerivatives(sample, l, weights, errors, team);
            }
            else
            {
                ExpectedTerms.ComputeErrors(sample, l, shared, weights, errors, team);
            }

            layer.AccumulateErrors(pass, errors, team);
        }
    }

    /// <summary>Whether terms of some units of this layer depend on draws of others: of siblings, or of a label.</summary>
    private bool SiblingsMatter(int index)
    {
        HelmholtzMachine machine = learner ?? throw new InvalidOperationException("The estimator has not begun.");
        bool isTop = index == machine.Recognition.Layers.Count - 1;
        return machine.Recognition.Layers[index].HasDependentUnits
            || (isTop && machine.Generative.Prior.SiblingWeights is not null);
    }
}
