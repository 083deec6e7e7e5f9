using DreamViz.Engine.Estimators;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>Latent layers for which an estimator is defined, as near to those wanted as it allows.</summary>
internal static class SuitedLayers
{
    /// <summary>The wanted ones, the lowest of them alone, or two that can be enumerated.</summary>
    public static IReadOnlyList<int> Of(string key, IReadOnlyList<int> wanted) =>
        new[] { wanted, [wanted[0]], [5, 2] }.First(layers => IsDefined(EstimatorCatalog.Create(key), [1, .. layers]));

    /// <summary>Whether it is defined for [D, H₁, …, H_L].</summary>
    public static bool IsDefined(Estimator estimator, IReadOnlyList<int> layerSizes)
    {
        try
        {
            estimator.CheckFits(layerSizes);
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
