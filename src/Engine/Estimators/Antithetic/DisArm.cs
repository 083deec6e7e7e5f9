using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Antithetic;

/// <summary>
/// DisARM: an unbiased gradient of the ELBO from antithetic pairs z, z̃. By the logits η of q at layer l:
/// ½ [f(z) − f(z̃)] · 1[zᵢ ≠ z̃ᵢ] · (−1)^z̃ᵢ · σ(|ηᵢ|), f = log p(x, z) − log q(z | x), layers above l drawn anew in each branch;
/// the mean over K pairs. θ: the mean of ∇θ log p(x, z) over all draws.
/// </summary>
/// <remarks>No baseline to learn: f(z̃) takes its place. Sources: Dong, Mnih and Tucker, "DisARM: an antithetic gradient
/// estimator for binary latent variables", 2020; Yin and Zhou, "ARM", 2019, for stacks.</remarks>
public sealed class DisArm : Estimator
{
    private readonly AntitheticSampling sampling = new();
    private readonly Matrix errors = new(0, 0);

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "disarm",
        "DisARM",
        "Explanations are drawn in opposite pairs, and each unit learns from the pairs in which it differs.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override SamplingScheme Scheme => SamplingScheme.AntitheticBranches;

    /// <inheritdoc/>
    public override void Sample(HelmholtzMachine machine, MachineSample sample, BitMatrix examples, int samples, StreamKey key,
        WorkerTeam team) => sampling.Sample(machine.Recognition, sample, examples, samples, key, team);

    /// <inheritdoc/>
    /// <remarks>The weight of recognition layer l stands at the draw's row, for <see cref="Score"/>; branches have none.</remarks>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        int rows = terms.LatentLayers + 1;
        weights.Generative.Fill(1.0 / terms.SamplesPerExample);
        double half = 0.5 * rows / terms.SamplesPerExample;
        for (int l = 0; l < terms.LatentLayers; l++)
        {
            Span<double> recognition = weights.Recognition(l);
            recognition.Clear();
            for (int first = 0; first < terms.Rows; first += rows)
                recognition[first] = half * (terms.LogWeight(first) - terms.LogWeight(first + l + 1));
        }
    }

    /// <summary>1[z ≠ z̃] · (−1)^z̃ · σ(|η|), the definition in double.</summary>
    public static double Score(bool bit, bool opposite, double logit) =>
        bit == opposite ? 0 : (opposite ? -1 : 1) * Sigmoid.Reference(Math.Abs(logit));

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
            {
                BitMatrix bits = sample.Bits(l + 1);
                ComputeErrors(bits.Row(first), bits.Row(first + l + 1), pass.Logits.Row(first), RecognitionWeights[l, first],
                    errors.Row(first));
            }

            machine.Recognition.Layers[l].AccumulateErrors(pass, errors, team);
        }
    }

    /// <summary>errors = weight · <see cref="Score"/>.</summary>
    private static void ComputeErrors(
        ReadOnlySpan<ulong> bits, ReadOnlySpan<ulong> opposite, ReadOnlySpan<float> logits, float weight, Span<float> errors)
    {
        TensorPrimitives.Abs(logits, errors);
        Sigmoid.Compute(errors, errors);
        for (int i = 0; i < errors.Length; i++)
        {
            int difference = (int)(bits[i >> 6] >> i & 1) - (int)(opposite[i >> 6] >> i & 1);
            errors[i] *= weight * difference;
        }
    }
}
