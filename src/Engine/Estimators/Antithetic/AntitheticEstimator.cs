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
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        int rows = settings.Samples * (1 + shape.LatentLayers);
        double explained = NetworkEvaluations.OfExplanations(shape, rows);
        return new NetworkEvaluations(rows, rows, explained, explained);
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

    /// <summary>errors = weight · s of one pair at recognition layer <paramref name="layer"/>.</summary>
    /// <param name="sample">Draws and branches.</param>
    /// <param name="layer">Which recognition layer.</param>
    /// <param name="first">The draw's row; that of its branch is layer + 1 further.</param>
    /// <param name="weight">What multiplies the score.</param>
    /// <param name="errors">[units], overwritten.</param>
    private protected abstract void ComputeErrors(MachineSample sample, int layer, int first, float weight, Span<float> errors);

    /// <inheritdoc/>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        int rows = machine.LayerSizes.Count;
        for (int l = 0; l < rows - 1; l++)
        {
            LayerPass pass = sample.Recognition(l);
            errors.Reshape(sample.Rows, pass.Logits.Columns);
            errors.Clear();
            for (int first = 0; first < sample.Rows; first += rows)
                ComputeErrors(sample, l, first, RecognitionWeights[l, first], errors.Row(first));
            machine.Recognition.Layers[l].AccumulateErrors(pass, errors, team);
        }
    }
}
