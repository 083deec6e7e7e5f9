namespace DreamViz.Viz.Commands.Training;

/// <summary>When training is over: at a step, after a time, or whichever comes first.</summary>
/// <param name="Step">The last step, or null.</param>
/// <param name="Seconds">The time, or null.</param>
internal sealed record TrainingEnd(long? Step, double? Seconds)
{
    /// <summary>Whether it is over.</summary>
    public bool Reached(long step, double seconds) => step >= Step || seconds >= Seconds;

    /// <summary>The share of the way that is done, 0 … 1.</summary>
    public double Done(long first, long step, double seconds) => Math.Clamp(
        Math.Max(Step is { } last ? (double)(step - first) / Math.Max(1, last - first) : 0, Seconds is { } end ? seconds / end : 0),
        0, 1);

    /// <summary>Seconds until it is over at this rate, or null where nobody can say: the rate of the first second tells nothing.
    /// </summary>
    public double? Left(long step, double seconds, double stepsPerSecond)
    {
        double? bySteps = Step is { } last && stepsPerSecond > 0 && seconds >= 1 ? (last - step) / stepsPerSecond : null;
        double? byTime = Seconds - seconds;
        return bySteps is null ? byTime : byTime is null ? bySteps : Math.Min(bySteps.Value, byTime.Value);
    }

    /// <summary>The next steps to take at once: about a twentieth of a second's, never beyond the end.</summary>
    public int Chunk(long step, double stepsPerSecond)
    {
        const double SecondsAtOnce = 0.05;
        double steps = Math.Clamp(stepsPerSecond * SecondsAtOnce, 1, 10_000);
        return (int)Math.Min(steps, (Step ?? long.MaxValue) - step);
    }
}
