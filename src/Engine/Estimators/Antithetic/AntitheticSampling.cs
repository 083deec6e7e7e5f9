using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Antithetic;

/// <summary>Draws explanations with antithetic branches: <see cref="SamplingScheme.AntitheticBranches"/>.</summary>
/// <remarks>u and the antithetic bit are drawn given the first one, p = σ(η): u uniform in (0, p] where z = 1 and in (p, 1] where
/// z = 0, z̃ = [1 − u &lt; p]. Each branch alone is a draw from q.
/// Real-valued units of a draw and its branches share their noise, so that a difference is the bits' doing.</remarks>
/// <param name="keepsNoise">Whether u is wanted, not only what came of it.</param>
internal sealed class AntitheticSampling(bool keepsNoise)
{
    private readonly List<Matrix> noise = [];
    private float[] probabilities = [];
    private float[] uniforms = [];

    /// <summary>[B·K, units] u of the newest draws of layer <paramref name="index"/> + 1, where it is kept.</summary>
    public Matrix Noise(int index) => noise[index];

    /// <summary>Overwrites bits of all layers and recognition logits of the sample.</summary>
    /// <param name="network">q.</param>
    /// <param name="sample">Receives rows b·K(1 + L) + k(1 + L) + j: j = 0 the draw, j = l the branch at layer l.</param>
    /// <param name="examples">[B, D].</param>
    /// <param name="groups">K.</param>
    /// <param name="key">Names the random numbers; layers are told apart here.</param>
    /// <param name="team">Who computes.</param>
    public void Sample(RecognitionNetwork network, MachineSample sample, BitMatrix examples, int groups, StreamKey key, WorkerTeam team)
    {
        int rows = network.Layers.Count + 1;
        sample.Begin(examples, checked(groups * rows));
        for (int l = 0; l < network.Layers.Count; l++)
        {
            network.Sample(sample, l, key, team, rowsToANoise: rows);
            Reserve(l, network.Layers[l].Units, sample.Rows / rows);
            var stream = new RandomStream(key with { Purpose = StreamPurpose.Antithetic, Layer = l + 1 });
            for (int first = 0; first < sample.Rows; first += rows) Branch(sample, l, first, ref stream);
        }
    }

    /// <summary>Branches above keep the bits of the draw; the one at this layer gets their antithesis; those below are on their
    /// own.</summary>
    private void Branch(MachineSample sample, int layer, int first, ref RandomStream stream)
    {
        BitMatrix bits = sample.Bits(layer + 1);
        for (int j = layer + 2; j <= sample.LayerSizes.Count - 1; j++) bits.Row(first).CopyTo(bits.Row(first + j));
        Sigmoid.Compute(sample.Recognition(layer).Logits.Row(first), probabilities);
        stream.FillUniform(uniforms.AsSpan(0, bits.Columns));
        Span<ulong> drawn = bits.Row(first), opposite = bits.Row(first + layer + 1);
        opposite.Clear();
        for (int i = 0; i < bits.Columns; i++)
            opposite[i >> 6] |= Opposite(drawn[i >> 6] >> i & 1, probabilities[i], uniforms[i]) << i;
        if (keepsNoise) KeepNoise(drawn, noise[layer].Row(first / sample.LayerSizes.Count));
    }

    /// <summary>u given z, p and the uniform number that decided on z̃.</summary>
    private void KeepNoise(ReadOnlySpan<ulong> drawn, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            float p = probabilities[i], isOn = drawn[i >> 6] >> i & 1;
            destination[i] = isOn * (p * (1 - uniforms[i])) + (1 - isOn) * (1 - (1 - p) * uniforms[i]);
        }
    }

    /// <summary>z̃ given z, p and a uniform number in [0, 1).</summary>
    /// <remarks>Without branches: a processor cannot foresee them.</remarks>
    internal static ulong Opposite(ulong bit, float probability, float uniform)
    {
        ulong ifOn = uniform * probability < 2 * probability - 1 ? 1UL : 0;
        ulong ifOff = uniform * (1 - probability) < probability ? 1UL : 0;
        return (bit & ifOn) | ((bit ^ 1) & ifOff);
    }

    private void Reserve(int layer, int units, int groups)
    {
        if (keepsNoise)
        {
            if (layer == noise.Count) noise.Add(new Matrix(0, 0));
            noise[layer].Reshape(groups, units);
        }

        if (probabilities.Length >= units) return;
        probabilities = new float[units];
        uniforms = new float[units];
    }
}
