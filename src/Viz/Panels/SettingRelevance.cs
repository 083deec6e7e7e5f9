using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Panels;

/// <summary>Whether a setting does anything under the present ones; where it does not, its control is disabled.</summary>
internal sealed class SettingRelevance
{
    private Estimator estimator = EstimatorCatalog.Create(EstimatorCatalog.All[0].Key);
    private IReadOnlyList<string> ownSettings = [];
    private bool choosesPhase;
    private string known = "";

    /// <summary>Whether changing this property of the settings would change learning.</summary>
    public bool Matters(string property, TrainingSettings settings)
    {
        Know(settings.Estimator);
        return property switch
        {
            nameof(TrainingSettings.RecognitionLearning) => choosesPhase,
            nameof(TrainingSettings.Momentum) => settings.Optimizer != OptimizerKind.Sgd,
            _ => ownSettings.Contains(property) || !EstimatorCatalog.OwnSettings.Contains(property),
        };
    }

    /// <summary>Whether this property of the settings is another estimator's own: then it is not even shown.</summary>
    public bool IsAnothers(string property, TrainingSettings settings)
    {
        Know(settings.Estimator);
        return EstimatorCatalog.OwnSettings.Contains(property) && !ownSettings.Contains(property);
    }

    /// <summary>Whether this property of the settings concerns labels: shown only where the network has one.</summary>
    public static bool IsOfLabels(string property) => property is nameof(TrainingSettings.LabeledExamples)
        or nameof(TrainingSettings.LabelWeight) or nameof(TrainingSettings.LabelInference);

    /// <summary>How much recognition learns in each phase under these settings.</summary>
    public RecognitionShares Shares(TrainingSettings settings)
    {
        Know(settings.Estimator);
        return estimator.Shares(settings.RecognitionLearning);
    }

    private void Know(string key)
    {
        if (key == known) return;
        estimator = EstimatorCatalog.Create(key);
        ownSettings = estimator.OwnSettings;
        choosesPhase = estimator.Shares(RecognitionLearning.Wake) != estimator.Shares(RecognitionLearning.Sleep);
        known = key;
    }
}
