namespace DreamViz.Viz.Commands.Measuring;

/// <summary>What latent units are called where each has a figure of its own.</summary>
internal static class UnitNames
{
    /// <summary>z1, z2, … for one latent layer; with more, the layer first: h1.1, h1.2, … h2.1.</summary>
    /// <param name="layerSizes">[D, H₁, …, H_L].</param>
    public static IEnumerable<string> All(IReadOnlyList<int> layerSizes)
    {
        for (int l = 1; l < layerSizes.Count; l++)
            for (int i = 1; i <= layerSizes[l]; i++) yield return layerSizes.Count == 2 ? $"z{i}" : $"h{l}.{i}";
    }
}
