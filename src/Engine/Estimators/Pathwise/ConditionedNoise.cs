using System.Numerics.Tensors;
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
    private readonly Matrix signs = new(0, 0), scratch = new(0, 0);
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
            LogisticNoise.Fill(bits.Rows, bits.Columns, key with { Layer = 2 * l }, noise[l], team);
            LogisticNoise.Fill(bits.Rows, bits.Columns, key with { Layer = 2 * l + 1 }, conditioned[l], team);
            WriteSigns(bits);
            Condition(logits, noise[l], slopes[l]);
            TensorPrimitives.Subtract(noise[l].Flat, logits.Flat, noise[l].Flat);
            Condition(logits, conditioned[l], slopes[l]);
        }
    }

    private void WriteSigns(BitMatrix bits)
    {
        signs.Reshape(bits.Rows, bits.Columns);
        for (int r = 0; r < bits.Rows; r++)
        {
            ReadOnlySpan<ulong> row = bits.Row(r);
            Span<float> sign = signs.PaddedRow(r);
            for (int i = 0; i < sign.Length; i++) sign[i] = i < bits.Columns && (row[i >> 6] >> i & 1) != 0 ? 1 : -1;
        }
    }

    /// <summary>values: from w to s·softplus(w + softplus(s·η)), in place; slope = σ(w + softplus(s·η)) σ(s·η).</summary>
    private void Condition(Matrix logits, Matrix values, Matrix slope)
    {
        scratch.Reshape(values.Rows, values.Columns);
        slope.Reshape(values.Rows, values.Columns);
        TensorPrimitives.Multiply(signs.Flat, logits.Flat, slope.Flat);
        Softplus.Compute(slope.Flat, scratch.Flat);
        Sigmoid.Compute(slope.Flat, slope.Flat);
        TensorPrimitives.Add(values.Flat, scratch.Flat, values.Flat);
        Sigmoid.Compute(values.Flat, scratch.Flat);
        TensorPrimitives.Multiply(slope.Flat, scratch.Flat, slope.Flat);
        Softplus.Compute(values.Flat, values.Flat);
        TensorPrimitives.Multiply(values.Flat, signs.Flat, values.Flat);
    }
}
