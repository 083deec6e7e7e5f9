using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
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
    private readonly Matrix means = new(0, 0);
    private RelaxedExplanations? relaxed;

    /// <inheritdoc/>
    public override void CheckFits(MachineShape shape) => 
        RequireNoLabel(shape, "only bits are relaxed by logistic noise");

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

    /// <summary>[B·K, units] path of recognition layer <paramref name="index"/>, from the newest <see cref="Estimator.Predict"/>.
    /// </summary>
    /// <param name="index">Which.</param>
    /// <param name="team">Who computes.</param>
    protected abstract Matrix Paths(int index, WorkerTeam team);

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        for (int l = 0; l < machine.Recognition.Layers.Count; l++)
        {
            LayerPass pass = sample.Recognition(l);
            BernoulliError.Compute(sample.Bits(l + 1), pass.Logits, RecognitionWeights.Row(l), errors, team);
            AddRows(Paths(l, team), exampleWeights, share, sample.SamplesPerExample, errors);
            machine.Recognition.Layers[l].AccumulateErrors(pass, errors, team);
        }
    }

    /// <summary>sum_r += e_b · share/K · values_r, r a row of example b.</summary>
    private protected static void AddRows(
        Matrix values, ReadOnlySpan<float> exampleWeights, double share, int samples, Matrix sum)
    {
        for (int r = 0; r < sum.Rows; r++)
        {
            float weight = (float)(exampleWeights[r / samples] * share / samples);
            TensorPrimitives.MultiplyAdd(values.Row(r), weight, sum.Row(r), sum.Row(r));
        }
    }

    /// <summary>paths = d · σ(η)(1 − σ(η)).</summary>
    private protected Matrix ThroughMeans(Matrix slopes, Matrix logits, Matrix paths, WorkerTeam team)
    {
        SoftBits.Compute(logits, null, temperature: 1, means, paths, team);
        TensorPrimitives.Multiply(paths.Flat, slopes.Flat, paths.Flat);
        return paths;
    }
}
