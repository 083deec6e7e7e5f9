using System.Numerics.Tensors;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>An estimator that follows the learning signal through relaxed latents: λ's update by the logits η of a layer is
/// 1/K Σₖ [rₖ (zₖ − σ(ηₖ)) + pathₖ], r the weights of its scores. θ: 1/K Σₖ ∇θ log p(x, zᵏ), from draws, never from relaxed
/// explanations.</summary>
/// <remarks>Relaxed values are read by any conditional; units that siblings push are relaxed in their order, and the path goes back
/// through it. Real-valued units keep the noise of their draw, and learn from draws as everywhere.</remarks>
public abstract class PathwiseEstimator : Estimator
{
    private readonly Matrix errors = new(0, 0);
    private RelaxedExplanations? relaxed;

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
        Machine = machine;
        relaxed = new RelaxedExplanations(machine);
    }

    /// <inheritdoc/>
    public override void AccumulateWake(HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights,
        double recognitionShare, WorkerTeam team)
    {
        Machine = machine;
        base.AccumulateWake(machine, sample, exampleWeights, recognitionShare, team);
    }

    /// <inheritdoc/>
    /// <remarks>Scores weigh nothing where a kind says nothing else: all that λ learns comes along the paths.</remarks>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        weights.Generative.Fill(1.0 / terms.SamplesPerExample);
        for (int l = 0; l < terms.LatentLayers; l++) weights.Recognition(l).Clear();
    }

    /// <summary>What learns.</summary>
    protected HelmholtzMachine? Machine { get; private set; }

    /// <summary>Room for one relaxation.</summary>
    internal RelaxedExplanations Relaxed => relaxed ?? throw new InvalidOperationException("The estimator has not begun.");

    /// <summary>With the lowest recognition layer once more, where its logits have what siblings or a label that were drawn add, and relaxed
    /// ones go without.</summary>
    private protected static NetworkEvaluations WithLowestAnew(NetworkEvaluations evaluations, MachineShape shape)
    {
        bool isPushed = shape.Settings.Autoregressive.HasFlag(AutoregressiveParts.Recognition) || (shape.LatentLayers == 1 && shape.Classes > 0);
        double lowest = isPushed ? NetworkEvaluations.ShareOfLayer(shape, 0) : 0;
        return evaluations with { RecognitionForward = evaluations.RecognitionForward + lowest };
    }

    /// <summary>Gradients += Σ_r w_r of what the update of a row by its logits gives.</summary>
    /// <param name="layer">Whose gradients.</param>
    /// <param name="pass">Holds its parents.</param>
    /// <param name="updates">[rows, units] by its logits.</param>
    /// <param name="rowWeights">[rows] w.</param>
    /// <param name="team">Who computes.</param>
    private protected void AccumulateUpdates(
        ConditionalLayer layer, LayerPass pass, Matrix updates, ReadOnlySpan<float> rowWeights, WorkerTeam team)
    {
        errors.Reshape(updates.Rows, updates.Columns);
        for (int r = 0; r < errors.Rows; r++) TensorPrimitives.Multiply(updates.PaddedRow(r), rowWeights[r], errors.PaddedRow(r));
        layer.AccumulateErrors(pass, errors, team);
    }
}
