using System.Globalization;
using System.Reflection;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;

namespace DreamViz.Engine.Training;

/// <summary>Holds training settings against the ranges that their attributes state and against the estimator's needs.
/// </summary>
public static class TrainerSettingsCheck
{
    /// <summary>Returns when the settings can be used.</summary>
    /// <param name="settings">How to learn.</param>
    /// <param name="shape">The machine that is to learn.</param>
    /// <exception cref="InvalidInputException">A setting is out of its range, does not suit the estimator, or the estimator is
    /// not defined for the machine.</exception>
    public static void Check(TrainingSettings settings, MachineShape shape)
    {
        foreach (PropertyInfo property in typeof(TrainingSettings).GetProperties())
        {
            if (property.PropertyType.IsEnum) CheckDefined(property, property.GetValue(settings)!);
            else if (property.GetCustomAttribute<RangeAttribute>() is { } range)
                CheckRange(property, settings, range.Minimum, range.Maximum);
            else if (property.GetCustomAttribute<MinAttribute>() is { } min)
                CheckRange(property, settings, min.Minimum, double.MaxValue);
        }

        Estimator estimator = EstimatorCatalog.Create(settings.Estimator);
        if (settings.Samples < estimator.MinimumSamples)
            throw Refuse(nameof(settings.Samples), $"at least {estimator.MinimumSamples} for {settings.Estimator}", settings.Samples);
        estimator.CheckFits(shape);
        if (shape.Classes > 0 && settings.LabelInference == LabelInference.Exact) CheckExactLabels(settings, estimator, shape);
    }

    private static void CheckExactLabels(TrainingSettings settings, Estimator estimator, MachineShape shape)
    {
        const string Setting = nameof(settings.LabelInference);
        if (shape.Settings.DocumentLengths.Count > 0) throw Refuse(Setting, "Sampled for documents", settings.LabelInference);
        if (shape.LatentLayers != 1) throw Refuse(Setting, "Sampled where there is more than one latent layer", settings.LabelInference);
        bool learnsFromWeights = estimator.Description.Recognition == ClaimedObjective.InclusiveKlOnData
            && estimator.Shares(settings.RecognitionLearning).Wake > 0;
        if (learnsFromWeights)
            throw Refuse(Setting, $"Sampled for {settings.Estimator} that learns recognition from data", settings.LabelInference);
    }

    private static void CheckRange(PropertyInfo property, TrainingSettings settings, double minimum, double maximum)
    {
        object value = property.GetValue(settings)!;
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (number >= minimum && number <= maximum) return;
        string expected = maximum == double.MaxValue
            ? FormattableString.Invariant($"a number of at least {minimum}")
            : FormattableString.Invariant($"{minimum} to {maximum}");
        throw Refuse(property.Name, expected, value);
    }

    private static void CheckDefined(PropertyInfo property, object value)
    {
        if (!Enum.IsDefined(property.PropertyType, value))
            throw Refuse(property.Name, string.Join(" or ", Enum.GetNames(property.PropertyType)), value);
    }

    private static InvalidInputException Refuse(string setting, string expected, object found) =>
        new(FormattableString.Invariant($"setting {setting}: expected {expected}, found {found}"));
}
