using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>
/// MuProp: an unbiased gradient of the ELBO whose baseline is a first-order expansion of the learning signal around the mean
/// field μ. By the logits η of q at layer l: [f_l(z) − f_l(μ) − f′(μ)(z_l − μ_l)] (z_l − σ(η)) + f′(μ) σ(η)(1 − σ(η)),
/// μ_l = σ(η_l(μ_{l−1})), f_l what z_l can change of log p(x, z) − log q(z | x); the mean over K draws.
/// </summary>
/// <remarks>One mean-field pass from x serves all layers: f′(μ) does not depend on the draw, so each layer's last term is exactly
/// the expectation of what the expansion takes away. In an autoregressive layer every unit is a layer of its own: with f′(μ) those behind it
/// move along, and of the expansion unit i takes away f_l(μ) + f′ᵢ(μ)(zᵢ − μᵢ) alone, the part whose expectation is known. A label, its means
/// softmax(a), is a layer below the bits beside it: of the expansion it takes away its own part, and of a label drawn the last term is
/// q_c (f′_c − Σ_k q_k f′_k). Source: Gu, Levine, Sutskever and Mnih, "MuProp: unbiased backpropagation for stochastic neural networks", 2016.
/// </remarks>
public sealed class MuProp : PathwiseEstimator
{
    private readonly MeanField meanField = new();
    private readonly Matrix deviations = new(0, 0), errors = new(0, 0), ofUnits = new(0, 0);
    private Matrix[] expansions = [];
    private float[] rowWeights = [];

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "muprop",
        "MuProp",
        "The network run on averages foretells how good an explanation will be, and only the surprise is left to chance.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    /// <remarks>The means beside each draw forward and backward; f(μ) is read.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings) =>
        WithLowestAnew(base.Evaluations(shape, settings), shape).WithRelaxed(shape, 2 * settings.Samples) with { RelaxedJudged = settings.Samples };

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
        base.Begin(machine, settings, seed);
        expansions = [.. machine.Recognition.Layers.Select(_ => new Matrix(0, 0))];
    }

    /// <inheritdoc/>
    public override Matrix Slopes(int index) => Relaxed.Gradient(index + 1);

    /// <inheritdoc/>
    /// <remarks>Of autoregressive layers −f′ᵢ(μ)(zᵢ − μᵢ); of a label what the expansion has of the bits beside it, given back.</remarks>
    public override Matrix? UnitSignals(int index) => IsOrdered(index) || IsLabeled(index) ? expansions[index] : null;

    /// <inheritdoc/>
    /// <remarks>f_l(μ) + f′(μ)(z_l − μ_l), of autoregressive layers f_l(μ).</remarks>
    public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
    {
        Relaxed.Relax(Machine!, sample, 1, meanField, team);
        Relaxed.Differentiate(Machine!, team, judges: true);
        for (int l = 1; l <= terms.LatentLayers; l++)
        {
            Relaxed.ComputeSignals(Machine!, l, terms.Predictions(l - 1), team);
            if (IsOrdered(l - 1)) Expand(sample.Bits(l), l, team);
            else AddExpansion(sample.Bits(l), l, terms.Predictions(l - 1), team);
        }
    }

    /// <inheritdoc/>
    public override void Weigh(LogTerms terms, RowWeights weights) => LocalSignals.Weigh(terms, weights);

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        ReadOnlySpan<float> weights = DrawWeights(sample, exampleWeights, share, ref rowWeights);
        for (int l = 0; l < machine.Recognition.Layers.Count; l++)
        {
            ConditionalLayer layer = machine.Recognition.Layers[l];
            LayerPass pass = sample.Recognition(l);
            ScoreAndSlope.Compute(sample.Bits(l + 1), pass.Logits, RecognitionWeights.Row(l), Slopes(l), weights, errors, team);
            if (UnitSignals(l) is { } signals)
            {
                layer.ComputeResiduals(sample.Bits(l + 1), pass, deviations, team);
                MatrixSweeps.Multiply(signals, deviations, weights, 1, ofUnits, team);
                TensorPrimitives.Add(errors.Flat, ofUnits.Flat, errors.Flat);
                if (IsLabeled(l))
                    Relaxed.Label!.ComputeErrors(pass, deviations, signals, Slopes(l), RecognitionWeights.Row(l), weights, errors);
            }

            layer.AccumulateErrors(pass, errors, team);
        }
    }

    private bool IsOrdered(int index) => Machine!.Recognition.Layers[index].SiblingWeights is not null;

    private bool IsLabeled(int index) => Machine!.Recognition.Layers[index].Classes > 0;

    /// <summary>−f′(μ)(z − μ), unit by unit.</summary>
    private void Expand(BitMatrix bits, int layer, WorkerTeam team)
    {
        Matrix expansion = expansions[layer - 1];
        BernoulliResidual.Compute(bits, Relaxed.Recognition(layer - 1).Logits, expansion, team);
        TensorPrimitives.Multiply(expansion.Flat, Relaxed.Gradient(layer).Flat, expansion.Flat);
        TensorPrimitives.Negate(expansion.Flat, expansion.Flat);
    }

    /// <summary>predictions += f′(μ)(z − μ).</summary>
    private void AddExpansion(BitMatrix bits, int layer, Span<double> predictions, WorkerTeam team)
    {
        BernoulliResidual.Compute(bits, Relaxed.Recognition(layer - 1).Logits, deviations, team);
        if (IsLabeled(layer - 1)) Relaxed.Label!.ComputeDeviations(bits, deviations);
        Matrix gradient = Relaxed.Gradient(layer);
        for (int r = 0; r < predictions.Length; r++) predictions[r] += DotProduct.Compute(gradient.Row(r), deviations.Row(r));
        if (IsLabeled(layer - 1)) GiveBack(expansions[layer - 1], gradient, Machine!.Recognition.Layers[layer - 1].Classes);
    }

    /// <summary>Of a label Σᵢ f′ᵢ(μ)(zᵢ − μᵢ) over the bits beside it, of these 0.</summary>
    private void GiveBack(Matrix signals, Matrix gradient, int classes)
    {
        signals.Reshape(gradient.Rows, gradient.Columns);
        signals.Clear();
        for (int r = 0; r < signals.Rows; r++)
            signals.Row(r)[..classes].Fill((float)DotProduct.Compute(gradient.Row(r)[classes..], deviations.Row(r)[classes..]));
    }
}
