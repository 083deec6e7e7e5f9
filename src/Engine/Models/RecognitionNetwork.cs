using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>q(z | x, λ) = Π_{l=1…L} q(z_l | z_{l−1}) with z_0 = x, each factor mean field or autoregressive.</summary>
public sealed class RecognitionNetwork
{
    internal RecognitionNetwork(MachineShape shape)
    {
        Layers = [.. Enumerable.Range(0, shape.LatentLayers).Select(l => LayerFactory.Recognition(shape, l))];
        Parameters = [.. Layers.SelectMany(layer => layer.Parameters)];
    }

    /// <summary>The conditional of every latent layer given the one below: number l gives layer l + 1.</summary>
    public IReadOnlyList<ConditionalLayer> Layers { get; }

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

    /// <summary>Draws layer <paramref name="index"/> + 1 given the bits below it.</summary>
    /// <param name="sample">Its bits and logits are overwritten.</param>
    /// <param name="index">Which layer.</param>
    /// <param name="key">Names the random numbers; layers are told apart here.</param>
    /// <param name="team">Who computes.</param>
    internal void Sample(MachineSample sample, int index, StreamKey key, WorkerTeam team)
    {
        ComputeLogits(sample, index, team);
        Layers[index].Sample(sample.Recognition(index), key with { Layer = index + 1 }, sample.Bits(index + 1), team);
    }

    /// <summary>The logits of every latent layer given the bits below it.</summary>
    public void ComputeLogits(MachineSample sample, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
        {
            ComputeLogits(sample, l, team);
            Layers[l].Complete(sample.Bits(l + 1), sample.Recognition(l), team);
        }
    }

    /// <summary>result_r += log q(z_r | x_r, λ), in nats, from the logits of the sample.</summary>
    /// <param name="sample">Bits and recognition logits.</param>
    /// <param name="result">[rows], accumulated from the lowest latent layer upward.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateLogProbability(MachineSample sample, Span<float> result, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].AccumulateLogProbability(sample.Bits(l + 1), sample.Recognition(l), result, team);
    }

    /// <summary>Gradients += Σ_r w_r ∇λ log q(z_r | x_r, λ), at every layer on the sample's own activities.</summary>
    /// <param name="sample">Bits and recognition logits.</param>
    /// <param name="weights">[rows] w.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateGradient(MachineSample sample, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].AccumulateGradient(sample.Bits(l + 1), sample.Recognition(l), weights, team);
    }

    /// <summary>Gradients += Σ_r Σ_l w_lr ∇λ log q(z_{l+1} | z_l)_r, at every layer on the sample's own activities.</summary>
    /// <param name="sample">Bits and recognition logits.</param>
    /// <param name="weights">[L, rows] w, one row of weights a layer.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateGradient(MachineSample sample, Matrix weights, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].AccumulateGradient(sample.Bits(l + 1), sample.Recognition(l), weights.Row(l), team);
    }

    private void ComputeLogits(MachineSample sample, int layer, WorkerTeam team)
    {
        if (layer == 0) Layers[0].ComputeLogits(sample.Examples, sample.SamplesPerExample, sample.Recognition(0), team);
        else Layers[layer].ComputeLogits(sample.Bits(layer), 1, sample.Recognition(layer), team);
    }
}
