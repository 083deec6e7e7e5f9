using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>Latent layers for which an estimator is defined, as near to those wanted as it allows.</summary>
internal static class SuitedLayers
{
    /// <summary>The wanted ones, the lowest of them alone, or two that can be enumerated.</summary>
    public static IReadOnlyList<int> Of(string key, IReadOnlyList<int> wanted) =>
        new[] { wanted, [wanted[0]], [5, 2] }.First(layers => IsDefined(key, new MachineShape([1, .. layers], new ModelSettings())));

    /// <summary>As many autoregressive parts as it allows.</summary>
    public static AutoregressiveParts Autoregressive(string key, IReadOnlyList<int> layers) =>
        new[] { AutoregressiveParts.All, AutoregressiveParts.Prior | AutoregressiveParts.Likelihood, AutoregressiveParts.Likelihood, AutoregressiveParts.None }
            .First(parts => IsDefined(key, new MachineShape([1, .. layers], new ModelSettings { Autoregressive = parts })));

    /// <summary>Whether it is defined for machines of this shape.</summary>
    public static bool IsDefined(string key, MachineShape shape) => EstimatorCatalog.Refusal(key, shape) is null;
}
