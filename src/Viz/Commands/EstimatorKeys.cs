using System.CommandLine;
using DreamViz.Engine;
using DreamViz.Engine.Estimators;

namespace DreamViz.Viz.Commands;

/// <summary>The option by which commands are given several estimators.</summary>
internal static class EstimatorKeys
{
    /// <summary><c>--estimators KEY,KEY,…</c>.</summary>
    public static Option<string?> Option() => Values.Text(
        "--estimators", "KEY,KEY,…", $"Which, of {string.Join(", ", EstimatorCatalog.All.Select(e => e.Key))}; all where not given.");

    /// <summary>The keys of a list in the order given, or all in the catalogue's.</summary>
    /// <exception cref="InvalidInputException">A key is unknown.</exception>
    public static string[] Read(string? list)
    {
        if (list is null) return [.. EstimatorCatalog.All.Select(estimator => estimator.Key)];
        string[] keys = list.Split(',', StringSplitOptions.TrimEntries);
        foreach (string key in keys) EstimatorCatalog.Create(key);
        return keys;
    }
}
