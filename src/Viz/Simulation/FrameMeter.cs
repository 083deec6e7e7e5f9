namespace DreamViz.Viz.Simulation;

/// <summary>Frames per second over about the last second.</summary>
internal sealed class FrameMeter
{
    private double average;

    /// <summary>The rate: 1 / the exponential mean of the time between frames; 0 before the second frame.</summary>
    public double PerSecond => average > 0 ? 1 / average : 0;

    /// <summary>Counts a frame.</summary>
    /// <param name="seconds">Real time since the previous one.</param>
    public void Count(double seconds)
    {
        if (!(seconds > 0)) return;
        double weight = average > 0 ? 1 - Math.Exp(-seconds / 0.7) : 1;
        average += (Math.Min(seconds, 1) - average) * weight;
    }
}
