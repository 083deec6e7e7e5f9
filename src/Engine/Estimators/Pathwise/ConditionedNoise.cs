using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>
/// The logistic variables z = η + n behind a draw b = [z &gt; 0], twice: given b and fresh noise w, z = s·softplus(w + softplus(s·η)),
/// s = 2b − 1, which has the distribution of z given b. Once its n = z − η is held and b forgotten, once w is held: z̃, with
/// ∂z̃/∂η = σ(w̃ + softplus(s·η)) σ(s·η).
/// </summary>
/// <remarks>So one draw of b serves both, and layers above a relaxed one go with the noise that made their bits. Source: Tucker et al.,
/// "REBAR: low-variance, unbiased gradient estimates for discrete latent variable models", 2017, appendix.</remarks>
internal sealed class ConditionedNoise
{
    private readonly Matrix[] noise, conditioned, slopes;

    /// <param name="latentLayers">L.</param>
    public ConditionedNoise(int latentLayers)
    {
        (noise, conditioned, slopes) = (Empty(), Empty(), Empty());

        Matrix[] Empty() => [.. Enumerable.Range(0, latentLayers).Select(_ => new Matrix(0, 0))];
    }

    /// <summary>[rows, units] n of every latent layer, the lowest first: logistic noise with which the bits come out as drawn.
    /// </summary>
    public IReadOnlyList<Matrix> Noise => noise;

    /// <summary>[rows, units] z̃ of a latent layer, from 1.</summary>
    public Matrix Conditioned(int layer) => conditioned[layer - 1];

    /// <summary>[rows, units] ∂z̃/∂η.</summary>
    public Matrix Slopes(int layer) => slopes[layer - 1];

    /// <summary>Overwrites all for the bits and recognition logits of the sample.</summary>
    public void Draw(MachineSample sample, StreamKey key, WorkerTeam team)
    {
        for (int l = 0; l < noise.Length; l++)
        {
            BitMatrix bits = sample.Bits(l + 1);
            Matrix logits = sample.Recognition(l).Logits;
            ConditionedLogistic.Draw(bits, logits, key with { Layer = 2 * l }, key with { Layer = 2 * l + 1 }, noise[l], conditioned[l],
                slopes[l], team);
        }
    }
}
