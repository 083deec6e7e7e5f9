using System.Globalization;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Commands.Training;

/// <summary>Where a run stands, as its progress shows it.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Done">The share of the way, 0 … 1.</param>
/// <param name="StepsPerSecond">The present rate.</param>
/// <param name="SecondsLeft">Until the end, or null.</param>
/// <param name="Newest">The newest evaluation, or null.</param>
/// <param name="HeldOut">On what it was measured, such as "test".</param>
internal sealed record TrainingState(
    long Step, double Done, double StepsPerSecond, double? SecondsLeft, Evaluation? Newest, string HeldOut)
{
    /// <summary>Step, rate and bounds.</summary>
    public string Summary() => string.Create(
        CultureInfo.InvariantCulture, $"step {Step:N0}, {StepsPerSecond:N0}/s{Bounds()}");

    /// <summary>The time left, such as "1:05 left", or nothing.</summary>
    public string Left()
    {
        if (SecondsLeft is not { } seconds) return "";
        TimeSpan left = TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(seconds), 0, 359_999));
        return left.TotalHours >= 1
            ? $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00} left"
            : $"{left.Minutes}:{left.Seconds:00} left";
    }

    private string Bounds() => Newest is null
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $", ELBO {Newest.Elbo:0.00}, IW-{Newest.Samples} {Newest.ImportanceWeighted:0.00}{Misnamed()} ({HeldOut})");

    private string Misnamed() => Newest?.ClassificationError is { } error
        ? string.Create(CultureInfo.InvariantCulture, $", misnamed {100 * error:0.0}%")
        : "";
}
