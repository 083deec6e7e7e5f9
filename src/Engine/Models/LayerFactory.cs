namespace DreamViz.Engine.Models;

/// <summary>Makes the conditional that stands in each place of a machine.</summary>
internal static class LayerFactory
{
    /// <summary>p(z_L); with a label, p(y) p(z_L).</summary>
    public static ConditionalLayer Prior(MachineShape shape)
    {
        var units = new Prior("prior", shape.LayerSizes[^1], shape.Settings.FixedPrior);
        return shape.Classes > 0
            ? new LabeledLayer(units, shape.Classes, siblings: null)
            : Wrap(shape, AutoregressiveParts.Prior, "prior", units);
    }

    /// <summary>p(z_l | z_{l+1}), z_0 = x.</summary>
    public static ConditionalLayer Generative(MachineShape shape, int layer)
    {
        string name = $"generative.{layer}";
        AutoregressiveParts part = layer == 0 ? AutoregressiveParts.Visible : AutoregressiveParts.Hidden;
        BernoulliLayer bits = new(name, shape.LayerSizes[layer + 1], shape.Settings.HiddenLayers, shape.Settings.Activation,
            shape.LayerSizes[layer], layer == shape.LatentLayers - 1 ? shape.GaussianUnits : 0);
        return layer == 0 && shape.Settings.DocumentLengths.Count > 0
            ? new CategoricalLayer(bits, shape.Settings.DocumentLengths)
            : Wrap(shape, part, name, bits);
    }

    /// <summary>q(z_{l+1} | z_l), z_0 = x, its deterministic hidden layers in the opposite order; of the top layer with a label,
    /// q(y | z_{L−1}) q(z_L | z_{L−1}, y).</summary>
    public static ConditionalLayer Recognition(MachineShape shape, int index)
    {
        string name = $"recognition.{index}";
        BernoulliLayer units = new(name, shape.LayerSizes[index], [.. shape.Settings.HiddenLayers.Reverse()],
            shape.Settings.Activation, shape.LayerSizes[index + 1]);
        return shape.Classes > 0 && index == shape.LatentLayers - 1
            ? new LabeledLayer(units, shape.Classes, $"{name}.labels")
            : Wrap(shape, AutoregressiveParts.Recognition, name, units);
    }

    /// <summary>q(g | z_{L−1}) of the real-valued units beside the top layer's bits; null where there are none.</summary>
    public static GaussianLayer? Gaussian(MachineShape shape) => shape.GaussianUnits == 0
        ? null
        : new GaussianLayer(new BernoulliLayer("recognition.gaussian", shape.LayerSizes[^2], [.. shape.Settings.HiddenLayers.Reverse()],
            shape.Settings.Activation, 2 * shape.GaussianUnits));

    private static ConditionalLayer Wrap(MachineShape shape, AutoregressiveParts part, string name, ConditionalLayer layer) =>
        shape.Settings.Autoregressive.HasFlag(part) ? new AutoregressiveLayer(name, layer) : layer;
}
