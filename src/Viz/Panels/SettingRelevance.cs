using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Panels;

/// <summary>Whether a setting does anything under the present ones; where it does not, its control is disabled.</summary>
internal sealed class SettingRelevance
{
    private string estimatorKey = "";
    private bool choosesPhase;

    /// <summary>Whether changing this property of the settings would change learning.</summary>
    public bool Matters(string property, TrainingSettings settings) => property switch
    {
        nameof(TrainingSettings.RecognitionLearning) => ChoosesPhase(settings.Estimator),
        nameof(TrainingSettings.Momentum) => settings.Optimizer != OptimizerKind.Sgd,
        _ => true,
    };

    private bool ChoosesPhase(string key)
    {
        if (key == estimatorKey) return choosesPhase;
        Estimator estimator = EstimatorCatalog.Create(key);
        choosesPhase = estimator.Shares(RecognitionLearning.Wake) != estimator.Shares(RecognitionLearning.Sleep);
        estimatorKey = key;
        return choosesPhase;
    }
}
