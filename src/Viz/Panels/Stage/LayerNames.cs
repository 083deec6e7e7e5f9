namespace DreamViz.Viz.Panels.Stage;

/// <summary>The names of layers as they are written: x, h₁, h₂ …</summary>
public static class LayerNames
{
    private static readonly string[] Names =
        ["x", .. Enumerable.Range(1, 99).Select(layer => "h" + string.Concat(layer.ToString().Select(d => (char)('₀' + d - '0'))))];

    private static readonly string[] NamesWithLabel = [.. Names.Select(name => $"y, {name}")];

    private static readonly string[] NamesWithGaussian = [.. Names.Select(name => $"{name}, g")];

    private static readonly string[] NamesWithBoth = [.. Names.Select(name => $"y, {name}, g")];

    /// <summary>The name of a layer with what stands beside its units.</summary>
    public static string Of(int layer, bool label, bool gaussian) => (label, gaussian) switch
    {
        (true, true) => NamesWithBoth[layer],
        (true, false) => NamesWithLabel[layer],
        (false, true) => NamesWithGaussian[layer],
        _ => Names[layer],
    };

    /// <summary>The name of a layer, 0 the visible one.</summary>
    public static string Of(int layer) => Names[layer];
}
