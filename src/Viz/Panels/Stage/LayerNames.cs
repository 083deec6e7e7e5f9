namespace DreamViz.Viz.Panels.Stage;

/// <summary>The names of layers as they are written: x, h₁, h₂ …</summary>
public static class LayerNames
{
    private static readonly string[] Names =
        ["x", .. Enumerable.Range(1, 99).Select(layer => "h" + string.Concat(layer.ToString().Select(d => (char)('₀' + d - '0'))))];

    private static readonly string[] NamesWithLabel = [.. Names.Select(name => $"y, {name}")];

    /// <summary>The name of a layer with a label beside its units.</summary>
    public static string WithLabel(int layer) => NamesWithLabel[layer];

    /// <summary>The name of a layer, 0 the visible one.</summary>
    public static string Of(int layer) => Names[layer];
}
