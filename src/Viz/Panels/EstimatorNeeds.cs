using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Panels;

/// <summary>What choosing an estimator brings with it.</summary>
internal static class EstimatorNeeds
{
    /// <summary>The settings with at least as many samples as their estimator needs.</summary>
    public static TrainingSettings Meet(TrainingSettings settings)
    {
        int least = EstimatorCatalog.Create(settings.Estimator).MinimumSamples;
        return settings.Samples >= least ? settings : settings with { Samples = least };
    }
}
