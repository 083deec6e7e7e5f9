using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Antithetic;

/// <summary>An estimator that compares every draw z with its antithesis z̃: by the logits η of q at layer l the mean over K pairs of
/// [f(z) − f(z̃)] · sᵢ, f = log p(x, z) − log q(z | x), layers above l drawn anew in each branch. θ: the mean of
/// ∇θ log p(x, z) over all draws.</summary>
/// <remarks>Defined for recognition of independent bits: where siblings push, the logits of z̃ are others than those of z, so that every
/// unit would need a branch of its own.</remarks>
public abstract class AntitheticEstimator : Estimator
{
    private readonly Matrix errors = new(0, 0);

    /// <summary>Who draws.</summary>
    private protected abstract AntitheticSampling Sampling { get; }

    /// <inheritdoc/>
    public override void CheckFits(MachineShape shape)
    {
        RequireIndependentUnits(shape, "the opposite of a unit would change those behind it");
        RequireNoLabel(shape, "only bits have an opposite");
    }

    /// <inheritdoc/>
    public override void Sample(HelmholtzMachine machine, MachineSample sample, BitMatrix examples, int samples, StreamKey key,
        WorkerTeam team) => Sampling.Sample(machine.Recognition, sample, examples, samples, key, team);

    /// <inheritdoc/>
    /// <remarks>λ learns from the scores of draws: branches have none.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        int rows = settings.Samples * (1 + shape.LatentLayers);
        return new NetworkEvaluations(rows, rows, NetworkEvaluations.OfExplanations(shape, rows),
            NetworkEvaluations.OfExplanations(shape, settings.Samples));
    }

    /// <inheritdoc/>
    /// <remarks>The weight of recognition layer l stands at the draw's row, for its score; branches have none.</remarks>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        int rows = terms.LatentLayers + 1;
        weights.Generative.Fill(1.0 / terms.SamplesPerExample);
        double each = (double)rows / terms.SamplesPerExample;
        for (int l = 0; l < terms.LatentLayers; l++)
        {
            Span<double> recognition = weights.Recognition(l);
            recognition.Clear();
            for (int first = 0; first < terms.Rows; first += rows)
                recognition[first] = each * (terms.LogWeight(first) - terms.LogWeight(first + l + 1));
        }
    }

    /// <summary>errors = w · s of every pair at recognition layer <paramref name="layer"/>.</summary>
    /// <param name="sample">Draws and branches, in groups of 1 + L rows; z̃ is row layer + 1 of a group.</param>
    /// <param name="layer">Which recognition layer.</param>
    /// <param name="weights">[rows] w in the draws' rows.</param>
    /// <param name="errors">[draws, units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    private protected abstract void ComputeErrors(
        MachineSample sample, int layer, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team);

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        for (int l = 0; l < machine.Recognition.Layers.Count; l++)
        {
            ComputeErrors(sample, l, RecognitionWeights.Row(l), errors, team);
            machine.Recognition.Layers[l].AccumulateErrorsOfFirstRows(sample.Recognition(l), machine.LayerSizes.Count, errors, team);
        }
    }
}
