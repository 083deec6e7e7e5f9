using DreamViz.Engine.Training;

namespace DreamViz.Viz.Panels;

/// <summary>Changes both networks' learning rates together.</summary>
internal static class SettingsRate
{
    private const double Smallest = 1e-4;
    private const double Largest = 2;

    /// <summary>Both rates times a factor, each within its range.</summary>
    public static TrainingSettings Scaled(TrainingSettings settings, double factor) => settings with
    {
        GenerativeRate = Math.Clamp(settings.GenerativeRate * factor, Smallest, Largest),
        RecognitionRate = Math.Clamp(settings.RecognitionRate * factor, Smallest, Largest),
    };
}
