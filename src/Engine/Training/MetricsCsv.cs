using System.Globalization;

namespace DreamViz.Engine.Training;

/// <summary>Evaluations as lines of a CSV file, numbers in the invariant culture, without line ends.</summary>
public static class MetricsCsv
{
    /// <summary>The first line: the columns' names, bounds in nats per example.</summary>
    public const string Header = "step,seconds,elbo,iw,k";

    /// <summary>One evaluation.</summary>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="seconds">Since the run began, by the caller's clock.</param>
    public static string Row(Evaluation evaluation, double seconds) => string.Create(CultureInfo.InvariantCulture,
        $"{evaluation.Step},{seconds:0.###},{evaluation.Elbo:R},{evaluation.ImportanceWeighted:R},{evaluation.Samples}");
}
