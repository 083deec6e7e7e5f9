using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>p(x, z | θ) = p(z_L) Π_{l=1…L} p(z_{l−1} | z_l) with z_0 = x; with real-valued units g beside z_L,
/// p(x, z, g | θ) = N(g; 0, I) p(z_L) p(z_{L−1} | z_L, g) ⋯.</summary>
public sealed class GenerativeNetwork
{
    internal GenerativeNetwork(MachineShape shape)
    {
        Layers = [.. Enumerable.Range(0, shape.LatentLayers).Select(l => LayerFactory.Generative(shape, l)),
            LayerFactory.Prior(shape)];
        Parameters = [.. Layers.SelectMany(layer => layer.Parameters)];
    }

    /// <summary>The conditional of every stochastic layer given the one above, the visible one first, the prior last.</summary>
    public IReadOnlyList<ConditionalLayer> Layers { get; }

    /// <summary>p(z_L).</summary>
    public ConditionalLayer Prior => Layers[^1];

    /// <summary>[H_L] the biases of p(z_L).</summary>
    public ReadOnlySpan<float> PriorBiases => Prior.OutputBiases.Value.Row(0);

    /// <summary>θ, in a fixed order; a fixed prior has no part in it.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Ancestral sampling, from the prior down to the visible units: dreams.</summary>
    /// <param name="sample">Bits and generative logits of all layers are overwritten.</param>
    /// <param name="dreams">How many rows to draw.</param>
    /// <param name="key">Names the random numbers; layers are told apart here.</param>
    /// <param name="team">Who computes.</param>
    public void Sample(MachineSample sample, int dreams, StreamKey key, WorkerTeam team)
    {
        sample.Begin(dreams);
        sample.Gaussian?.DrawPrior(key);
        for (int l = Layers.Count - 1; l >= 0; l--)
            Layers[l].Draw(sample.ParentBits(l), 1, sample.Generative(l), key with { Layer = l }, sample.Bits(l), team);
    }

    /// <summary>The logits of every layer given the bits above it.</summary>
    public void ComputeLogits(MachineSample sample, WorkerTeam team)
    {
        for (int l = Layers.Count - 1; l >= 0; l--)
        {
            Layers[l].ComputeLogits(sample.ParentBits(l), 1, sample.Generative(l), team);
            Layers[l].Complete(sample.Bits(l), sample.Generative(l), team);
        }
    }

    /// <summary><see cref="ComputeLogits"/> and <see cref="AccumulateGradient"/> with the same bits, sooner.</summary>
    /// <param name="sample">Bits; generative logits are overwritten.</param>
    /// <param name="weights">[rows] w.</param>
    /// <param name="team">Who computes.</param>
    public void Learn(MachineSample sample, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].Learn(sample.DeltaRule, sample.ParentBits(l), sample.Bits(l), sample.Generative(l), weights, team);
        sample.DeltaRule.Run(team);
    }

    /// <summary>result_r += log p(x_r, z_r | θ), in nats, with log p(g_r) where there are real-valued units, from the logits of the
    /// sample.</summary>
    /// <param name="sample">Bits and generative logits.</param>
    /// <param name="result">[rows], accumulated from the visible layer upward.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateLogProbability(MachineSample sample, Span<float> result, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].AccumulateLogProbability(sample.Bits(l), sample.Generative(l), result, team);
        if (sample.Gaussian is not { } gaussian) return;
        for (int r = 0; r < sample.Rows; r++) result[r] += (float)GaussianLayer.LogPrior(gaussian, r);
    }

    /// <summary>Gradients += Σ_r w_r ∇θ log p(x_r, z_r | θ), the prior included.</summary>
    /// <param name="sample">Bits and generative logits.</param>
    /// <param name="weights">[rows] w.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateGradient(MachineSample sample, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        for (int l = 0; l < Layers.Count; l++)
            Layers[l].AccumulateGradient(sample.Bits(l), sample.Generative(l), weights, team);
    }
}
