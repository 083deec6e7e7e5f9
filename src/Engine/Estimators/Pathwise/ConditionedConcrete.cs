using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>ζ̃ = σ(z̃/τ) at one layer, z̃ given that layer's bits, ∂ζ̃/∂η = ζ̃(1 − ζ̃)/τ · ∂z̃/∂η; above it <see cref="BinaryConcrete"/>
/// on the noise of the draw.</summary>
/// <remarks>For independent units: bits that siblings were pushed by would not be those of the noise.</remarks>
/// <param name="noise">Of the draw.</param>
internal sealed class ConditionedConcrete(ConditionedNoise noise) : IRelaxation
{
    private readonly BinaryConcrete above = new(noise.Noise);

    /// <summary>The layer whose bits are given, from 1.</summary>
    public int Layer { get; set; } = 1;

    /// <summary>τ.</summary>
    public double Temperature
    {
        get => above.Temperature;
        set => above.Temperature = value;
    }

    /// <inheritdoc/>
    public void Relax(int layer, Matrix logits, Matrix? siblings, Matrix values, Matrix slopes, WorkerTeam team)
    {
        if (layer != Layer)
        {
            above.Relax(layer, logits, siblings, values, slopes, team);
            return;
        }

        SoftBits.Compute(noise.Conditioned(layer), null, Temperature, values, slopes, team);
        TensorPrimitives.Multiply(slopes.Flat, noise.Slopes(layer).Flat, slopes.Flat);
    }
}
