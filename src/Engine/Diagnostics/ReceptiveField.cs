using System.Numerics.Tensors;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Diagnostics;

/// <summary>What a latent unit draws: the change of every visible unit's logit when the unit turns on, to first order with
/// all layers in between at one half: eⱼ · P_l · ¼P_{l−1} ⋯ ¼P₁, where P_l are the generative pushes into layer l − 1.</summary>
/// <remarks>What siblings pass on to each other in autoregressive layers is left out. ¼ is the sigmoid's slope at one half. Exact for the lowest latent layer of a network without deterministic
/// hidden layers. One thread at a time; steady use allocates nothing.</remarks>
public sealed class ReceptiveField
{
    private const float SlopeAtOneHalf = 0.25f;

    private readonly Matrix pushes = new(0, 0);
    private float[] field = [];
    private float[] next = [];

    /// <summary>The field of one unit, [D] logits. Valid until the next call.</summary>
    /// <param name="machine">Whose generative network is looked at.</param>
    /// <param name="layer">The unit's layer, 1 the lowest latent one.</param>
    /// <param name="unit">The unit.</param>
    public ReadOnlySpan<float> Compute(HelmholtzMachine machine, int layer, int unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(layer);
        machine.GenerativePushes(layer - 1, pushes);
        return PassDown(machine, layer - 1, unit);
    }

    /// <summary>From a row of the pushes into a layer to the visible units.</summary>
    private ReadOnlySpan<float> PassDown(HelmholtzMachine machine, int layer, int unit)
    {
        Fit(ref field, pushes.Columns);
        pushes.Row(unit).CopyTo(field);
        for (int below = layer - 1; below >= 0; below--)
        {
            int parents = pushes.Columns;
            machine.GenerativePushes(below, pushes);
            PassDown(parents);
        }

        return field.AsSpan(0, pushes.Columns);
    }

    /// <summary>The field of one real-valued unit beside the top layer's: what changes when it goes from −1 to 1. [D] logits, valid until
    /// the next call.</summary>
    /// <param name="machine">Whose generative network is looked at.</param>
    /// <param name="unit">The unit.</param>
    public ReadOnlySpan<float> ComputeGaussian(HelmholtzMachine machine, int unit)
    {
        int layer = machine.LayerSizes.Count - 2;
        machine.Generative.Layers[layer].ComputeGaussianPushes(pushes);
        return PassDown(machine, layer, unit);
    }

    private void PassDown(int parents)
    {
        Fit(ref next, pushes.Columns);
        Span<float> sum = next.AsSpan(0, pushes.Columns);
        sum.Clear();
        for (int j = 0; j < parents; j++)
            TensorPrimitives.MultiplyAdd(pushes.Row(j), SlopeAtOneHalf * field[j], sum, sum);
        (field, next) = (next, field);
    }

    private static void Fit(ref float[] array, int length)
    {
        if (array.Length < length) array = new float[length];
    }
}
