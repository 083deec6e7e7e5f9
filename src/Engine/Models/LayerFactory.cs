namespace DreamViz.Engine.Models;

/// <summary>Makes the conditional that stands in each place of a machine.</summary>
internal static class LayerFactory
{
    /// <summary>p(z_L).</summary>
    public static ConditionalLayer Prior(MachineShape shape) =>
        Wrap(shape, AutoregressiveParts.Prior, "prior", new Prior("prior", shape.LayerSizes[^1]));

    /// <summary>p(z_l | z_{l+1}), z_0 = x.</summary>
    public static ConditionalLayer Generative(MachineShape shape, int layer)
    {
        string name = $"generative.{layer}";
        AutoregressiveParts part = layer == 0 ? AutoregressiveParts.Visible : AutoregressiveParts.Hidden;
        BernoulliLayer bits = new(name, shape.LayerSizes[layer + 1], shape.Settings.HiddenLayers, shape.Settings.Activation,
            shape.LayerSizes[layer]);
        return layer == 0 && shape.Settings.DocumentLengths.Count > 0
            ? new CategoricalLayer(bits, shape.Settings.DocumentLengths)
            : Wrap(shape, part, name, bits);
    }

    /// <summary>q(z_{l+1} | z_l), z_0 = x; its deterministic hidden layers in the opposite order.</summary>
    public static ConditionalLayer Recognition(MachineShape shape, int index)
    {
        string name = $"recognition.{index}";
        return Wrap(shape, AutoregressiveParts.Recognition, name, new BernoulliLayer(
            name, shape.LayerSizes[index], [.. shape.Settings.HiddenLayers.Reverse()], shape.Settings.Activation,
            shape.LayerSizes[index + 1]));
    }

    private static ConditionalLayer Wrap(MachineShape shape, AutoregressiveParts part, string name, ConditionalLayer layer) =>
        shape.Settings.Autoregressive.HasFlag(part) ? new AutoregressiveLayer(name, layer) : layer;
}
