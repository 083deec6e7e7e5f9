using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>ζ = σ((η + n)/τ), n logistic noise, ∂ζ/∂η = ζ(1 − ζ)/τ: towards τ = 0 it is the draw [η + n &gt; 0].</summary>
/// <param name="noise">[B, units] n of every latent layer, the lowest first.</param>
/// <remarks>Source: Maddison, Mnih and Teh, "The Concrete distribution", 2017.</remarks>
internal sealed class BinaryConcrete(IReadOnlyList<Matrix> noise) : IRelaxation
{
    /// <summary>τ.</summary>
    public double Temperature { get; set; } = 1;

    /// <inheritdoc/>
    public void Relax(int layer, Matrix logits, Matrix? siblings, Matrix values, Matrix slopes, WorkerTeam team)
    {
        if (siblings is null) SoftBits.Compute(logits, noise[layer - 1], Temperature, values, slopes, team);
        else OrderedSoftBits.Compute(logits, siblings, noise[layer - 1], Temperature, values, slopes, team);
    }

    /// <inheritdoc/>
    /// <remarks>softmax((a + g)/τ): from the logistic noise n = log(u/(1 − u)) of a class comes its Gumbel noise g = −log(−log u), −log u =
    /// softplus(−n).</remarks>
    public double RelaxLabel(int layer, int row, ReadOnlySpan<float> logits, Span<float> values)
    {
        ReadOnlySpan<float> logistic = noise[layer - 1].Row(row);
        for (int c = 0; c < values.Length; c++)
            values[c] = (float)((logits[c] - Math.Log(Softplus.Reference(-logistic[c]))) / Temperature);
        LabeledLayer.Softmax(values, values);
        return 1 / Temperature;
    }
}
