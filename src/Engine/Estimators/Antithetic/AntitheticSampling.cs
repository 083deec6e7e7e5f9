using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Antithetic;

/// <summary>Draws explanations with antithetic branches: <see cref="SamplingScheme.AntitheticBranches"/>.</summary>
/// <remarks>u and the antithetic bit are drawn given the first one. Each branch alone is a draw from q.
/// Real-valued units of a draw and its branches share their noise, so that a difference is the bits' doing.</remarks>
/// <param name="keepsNoise">Whether u is wanted, not only what came of it.</param>
internal sealed class AntitheticSampling(bool keepsNoise)
{
    private readonly List<Matrix> noise = [];

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
            BitMatrix bits = sample.Bits(l + 1);
            for (int first = 0; first < sample.Rows; first += rows) ShareDraw(bits, first, l + 2, rows);
            if (keepsNoise && l == noise.Count) noise.Add(new Matrix(0, 0));
            AntitheticBits.Draw(bits, sample.Recognition(l).Logits, rows, branch: l + 1,
                key with { Purpose = StreamPurpose.Antithetic, Layer = l + 1 }, keepsNoise ? noise[l] : null, team);
        }
    }

    /// <summary>Branches above this layer keep the bits of the draw; the one at this layer gets their antithesis; those below are on their
    /// own.</summary>
    private static void ShareDraw(BitMatrix bits, int first, int lowestAbove, int rows)
    {
        for (int j = lowestAbove; j < rows; j++) bits.Row(first).CopyTo(bits.Row(first + j));
    }
}
