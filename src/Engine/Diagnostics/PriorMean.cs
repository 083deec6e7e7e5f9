using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Diagnostics;

/// <summary>P(zᵢ = 1) under the prior: σ(aᵢ) where units are independent, softmax(a)ᵢ of a label's; in an autoregressive prior the mean over N draws of
/// σ(aᵢ | siblings before it).</summary>
/// <remarks>The draws' noise is frozen, so that what moves is learning. The mean of N probabilities, N at least 64 and 1,024 for
/// up to 45 units, is within 1/√(4N) of the exact one in standard deviation, mostly far nearer. After the first use nothing is
/// allocated.</remarks>
public sealed class PriorMean
{
    private const int MostDraws = 1024, FewestDraws = 64;

    // Draws times units squared: about half a millisecond.
    private const int Budget = 1 << 21;

    private readonly ulong noiseSeed;
    private readonly BitMatrix noParents = new(0, 0);
    private readonly BitMatrix bits = new(0, 0);
    private LayerPass? pass;
    private float[] probabilities = [];

    /// <param name="noiseSeed">Names the frozen noise.</param>
    public PriorMean(ulong noiseSeed) => this.noiseSeed = noiseSeed;

    /// <summary>mean [H_L], overwritten.</summary>
    public void Compute(HelmholtzMachine machine, Span<float> mean)
    {
        ConditionalLayer prior = machine.Generative.Prior;
        if (prior.SiblingWeights is null) prior.ComputeProbabilities(machine.Generative.PriorBiases, mean);
        else AverageDraws(prior, mean);
    }

    private void AverageDraws(ConditionalLayer prior, Span<float> mean)
    {
        pass ??= prior.CreatePass();
        if (probabilities.Length != mean.Length) probabilities = new float[mean.Length];
        int draws = (int)Math.Clamp(Budget / ((long)prior.Units * prior.Units), FewestDraws, MostDraws);
        noParents.Reshape(draws, 0);
        prior.ComputeLogits(noParents, 1, pass, WorkerTeam.Single);
        prior.Sample(pass, new StreamKey(noiseSeed, StreamPurpose.Display), bits, WorkerTeam.Single);
        mean.Clear();
        for (int n = 0; n < draws; n++)
        {
            Sigmoid.Compute(pass.Logits.Row(n), probabilities);
            TensorPrimitives.Add(mean, probabilities, mean);
        }

        TensorPrimitives.Multiply(mean, 1f / draws, mean);
    }
}
