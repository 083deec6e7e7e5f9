using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>
/// Black-box variational inference: by the logit ηᵢ of unit i in layer l, 1/K Σₖ (fᵢ − aᵢ) sᵢ, sᵢ = zᵢ − σ(ηᵢ), an unbiased
/// gradient of the ELBO. fᵢ are the terms of log p(x, z) − log q(z | x) that zᵢ can change: those of the layers from l up, of
/// log q(z_l | z_{l−1}) and of the prior p(z_L) the unit's own alone. aᵢ = Cov(fᵢ sᵢ, sᵢ) / Var(sᵢ) = E[fᵢ sᵢ²] / E[sᵢ²], over
/// past batches, leaves fᵢ sᵢ the least variance of all scales of the control variate sᵢ; of documents aᵢ is per word. θ: 1/K Σₖ ∇θ log p(x, zᵏ).
/// </summary>
/// <remarks>That terms of other units are left out changes no expectation, because units of a layer are independent given the layer
/// below; where a conditional is autoregressive or has a label they are not, and all of its terms stay; of a label, sᵢ = zᵢ −
/// softmax(η)ᵢ. λ waits for the first batch, which has no past. Source: Ranganath, Gerrish and Blei, "Black box variational inference",
/// 2014.</remarks>
public sealed class BlackBox : Estimator
{
    private readonly Matrix errors = new(0, 0);
    private readonly RowWeights shared = new();
    private float[] signalWeights = [];
    private HelmholtzMachine? learner;
    private ControlScales[] scales = [];
    private Matrix[] signals = [];
    private Matrix[] scores = [];

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "black-box",
        "Black-box inference",
        "Every unit is judged by what it can change alone, against the baseline that would have left it the least noise so far.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => [nameof(TrainingSettings.BaselineDecay)];

    /// <inheritdoc/>
    public override IEnumerable<NamedMatrix> State =>
        scales.Select((scale, l) => new NamedMatrix($"control.{l}.moments", scale.State));

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
        learner = machine;
        scales = [.. machine.LayerSizes.Skip(1).Select(units => new ControlScales(units))];
        signals = [.. scales.Select(_ => new Matrix(0, 0))];
        scores = [.. scales.Select(_ => new Matrix(0, 0))];
        Updates = 0;
    }

    /// <inheritdoc/>
    public override double Divisor(int index) => Updates == 0 ? double.PositiveInfinity : 1;

    /// <inheritdoc/>
    public override Matrix UnitSignals(int index) => signals[index];

    /// <inheritdoc/>
    /// <remarks>Nothing is predicted: what every unit has of its own, less aᵢ, is found here.</remarks>
    public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
    {
        for (int l = 0; l < signals.Length; l++)
        {
            scales[l].Begin();
            LayerPass pass = sample.Recognition(l);
            ReadOnlySpan<double> lengths = terms.LengthsOf(l);
            if (IsSeparable(l))
            {
                DrawnLogRatio.Compute(sample.Bits(l + 1), pass.Logits, OwnPrior(l), scales[l].Scales, lengths, scores[l], signals[l], team);
                continue;
            }

            Learner.Recognition.Layers[l].ComputeResiduals(sample.Bits(l + 1), pass, scores[l], team);
            signals[l].Reshape(pass.Logits.Rows, pass.Logits.Columns);
            for (int r = 0; r < lengths.Length; r++)
                TensorPrimitives.Multiply(scales[l].Scales.PaddedRow(0), (float)-lengths[r], signals[l].PaddedRow(r));
        }
    }

    /// <inheritdoc/>
    /// <remarks>What all units of a layer share; <see cref="UnitSignals"/> has the rest.</remarks>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        double each = 1.0 / terms.SamplesPerExample;
        weights.Generative.Fill(each);
        ComputeShared(terms);
        for (int l = 0; l < weights.LatentLayers; l++)
            TensorPrimitives.Multiply(shared.Recognition(l), each / Divisor(l), weights.Recognition(l));
    }

    /// <inheritdoc/>
    public override void Adapt(TrainingSettings settings, WorkerTeam team)
    {
        foreach (ControlScales scale in scales) scale.Adapt(Updates == 0 ? 0 : settings.BaselineDecay);
        Updates++;
    }

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        for (int l = 0; l < signals.Length; l++)
        {
            ReadOnlySpan<float> weights = DrawWeights(sample, exampleWeights, share / Divisor(l), ref signalWeights);
            SignaledScores.Compute(scores[l], signals[l], weights, RecognitionWeights.Row(l), errors, team);
            machine.Recognition.Layers[l].AccumulateErrors(sample.Recognition(l), errors, team);
        }
    }

    /// <inheritdoc/>
    protected override void Observe(
        MachineSample sample, LogTerms terms, ReadOnlySpan<float> exampleWeights, WorkerTeam team)
    {
        for (int l = 0; l < scales.Length; l++)
            scales[l].Observe(shared.Recognition(l), signals[l], scores[l], exampleWeights, terms.LengthsOf(l), team);
    }

    /// <summary>Of every layer the terms from it up, but for those that <see cref="UnitSignals"/> has or leaves out; kept for
    /// <see cref="Observe"/>.</summary>
    private void ComputeShared(LogTerms terms)
    {
        shared.Reshape(terms.LatentLayers, terms.Rows);
        for (int r = 0; r < terms.Rows; r++)
        {
            double above = terms.Generative(terms.LatentLayers)[r];
            for (int l = terms.LatentLayers - 1; l >= 0; l--)
            {
                double logQ = terms.Recognition(l)[r], signal = above + terms.Generative(l)[r];
                above = signal - logQ + (l == terms.LatentLayers - 1 ? terms.Gaussian[r] : 0);
                if (!IsSeparable(l)) signal -= logQ;
                else if (OwnPrior(l) is not null) signal -= terms.Generative(l + 1)[r];
                shared.Recognition(l)[r] = signal;
            }
        }
    }

    /// <summary>Whether units of the layer are independent given the layer below.</summary>
    private bool IsSeparable(int index) => Learner.Recognition.Layers[index] is BernoulliLayer;

    /// <summary>[1, units] the prior's logits where the layer is the top one and its units independent; else null.</summary>
    private Matrix? OwnPrior(int index) =>
        index == scales.Length - 1 && Learner.Generative.Prior is Prior ? Learner.Generative.Prior.OutputBiases.Value : null;

    private HelmholtzMachine Learner => learner ?? throw new InvalidOperationException("The estimator has not begun.");
}
