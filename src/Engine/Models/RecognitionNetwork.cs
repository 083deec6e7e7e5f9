using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>q(z | x, λ) = Π_{l=1…L} q(z_l | z_{l−1}) with z_0 = x, each factor mean field or autoregressive; times
/// q(g | z_{L−1}, λ) where there are real-valued units.</summary>
public sealed class RecognitionNetwork
{
    internal RecognitionNetwork(MachineShape shape)
    {
        Layers = [.. Enumerable.Range(0, shape.LatentLayers).Select(l => LayerFactory.Recognition(shape, l))];
        Gaussian = LayerFactory.Gaussian(shape);
        Parameters = [.. Layers.SelectMany(layer => layer.Parameters), .. Gaussian?.Parameters ?? []];
    }

    /// <summary>The conditional of every latent layer given the one below: number l gives layer l + 1.</summary>
    public IReadOnlyList<ConditionalLayer> Layers { get; }

    /// <summary>q(g | z_{L−1}) of the real-valued units beside the top layer's bits; null where there are none.</summary>
    public GaussianLayer? Gaussian { get; }

    /// <summary>λ, in a fixed order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Draws K explanations of every example.</summary>
    /// <param name="sample">Bits of all layers and recognition logits are overwritten; row b·K + k explains example b.</param>
    /// <param name="examples">[B, D].</param>
    /// <param name="samplesPerExample">K.</param>
    /// <param name="key">Names the random numbers; layers are told apart here.</param>
    /// <param name="team">Who computes.</param>
    public void Sample(MachineSample sample, BitMatrix examples, int samplesPerExample, StreamKey key, WorkerTeam team)
    {
        sample.Begin(examples, samplesPerExample);
        for (int l = 0; l < Layers.Count; l++) Sample(sample, l, key, team);
    }

    /// <summary>Draws layer <paramref name="index"/> + 1 given the bits below it, with the top one the real-valued units.</summary>
    /// <param name="sample">Its bits and logits are overwritten.</param>
    /// <param name="index">Which layer.</param>
    /// <param name="key">Names the random numbers; layers are told apart here.</param>
    /// <param name="team">Who computes.</param>
    /// <param name="rowsToANoise">How many rows in a row share the noise of the real-valued units.</param>
    internal void Sample(MachineSample sample, int index, StreamKey key, WorkerTeam team, int rowsToANoise = 1)
    {
        (BitMatrix below, int repeats) = Below(sample, index);
        Layers[index].Draw(below, repeats, sample.Recognition(index), key with { Layer = index + 1 }, sample.Bits(index + 1), team);
        if (index < Layers.Count - 1) return;
        Gaussian?.ComputeMoments(below, repeats, sample.Gaussian!, team);
        sample.Gaussian?.Draw(key, rowsToANoise);
    }

    /// <summary>The logits of every latent layer, and the moments of the real-valued units, given the bits below.</summary>
    public void ComputeLogits(MachineSample sample, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
        {
            ComputeLogits(sample, l, team);
            Layers[l].Complete(sample.Bits(l + 1), sample.Recognition(l), team);
        }
    }

    /// <summary>result_r += log q(z_r | x_r, λ), in nats, with log q(g_r | ·) where there are real-valued units, from the logits of the
    /// sample.</summary>
    /// <param name="sample">Bits and recognition logits.</param>
    /// <param name="result">[rows], accumulated from the lowest latent layer upward.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateLogProbability(MachineSample sample, Span<float> result, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].AccumulateLogProbability(sample.Bits(l + 1), sample.Recognition(l), result, team);
        if (sample.Gaussian is not { } gaussian) return;
        for (int r = 0; r < sample.Rows; r++) result[r] += (float)GaussianLayer.LogRecognition(gaussian, r);
    }

    /// <summary>Gradients += Σ_r w_r ∇λ log q(z_r | x_r, λ), at every layer of bits on the sample's own activities.</summary>
    /// <param name="sample">Bits and recognition logits.</param>
    /// <param name="weights">[rows] w.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateGradient(MachineSample sample, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].AccumulateGradient(sample.Bits(l + 1), sample.Recognition(l), weights, team);
    }

    /// <summary>Gradients += Σ_r Σ_l w_lr ∇λ log q(z_{l+1} | z_l)_r, at every layer of bits on the sample's own activities.
    /// </summary>
    /// <param name="sample">Bits and recognition logits.</param>
    /// <param name="weights">[L, rows] w, one row of weights a layer.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateGradient(MachineSample sample, Matrix weights, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].AccumulateGradient(sample.Bits(l + 1), sample.Recognition(l), weights.Row(l), team);
    }

    /// <summary><see cref="ComputeLogits(MachineSample, WorkerTeam)"/> and <see cref="AccumulateGradient(MachineSample, Matrix,
    /// WorkerTeam)"/> with the same bits, sooner, where every example has one explanation.</summary>
    /// <param name="sample">Bits; recognition logits and moments are overwritten.</param>
    /// <param name="weights">[L, rows] w, one row of weights a layer.</param>
    /// <param name="team">Who computes.</param>
    public void Learn(MachineSample sample, Matrix weights, WorkerTeam team)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sample.SamplesPerExample, 1, nameof(sample));
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].Learn(sample.DeltaRule, sample.Bits(l), sample.Bits(l + 1), sample.Recognition(l), weights.Row(l), team);
        sample.DeltaRule.Run(team);
        Gaussian?.ComputeMoments(sample.Bits(Layers.Count - 1), 1, sample.Gaussian!, team);
    }

    private void ComputeLogits(MachineSample sample, int layer, WorkerTeam team)
    {
        (BitMatrix below, int repeats) = Below(sample, layer);
        Layers[layer].ComputeLogits(below, repeats, sample.Recognition(layer), team);
        if (layer == Layers.Count - 1) Gaussian?.ComputeMoments(below, repeats, sample.Gaussian!, team);
    }

    // What a layer reads, and how many children each row has.
    private static (BitMatrix Below, int Repeats) Below(MachineSample sample, int layer) =>
        layer == 0 ? (sample.Examples, sample.SamplesPerExample) : (sample.Bits(layer), 1);
}
