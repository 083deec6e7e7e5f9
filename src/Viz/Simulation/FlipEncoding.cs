namespace DreamViz.Viz.Simulation;

/// <summary>How samples that come faster than eyes can follow are shown; always labeled on the picture.</summary>
public enum FlipEncoding
{
    /// <summary>Every sample and every flip, layer by layer.</summary>
    EveryFlip,

    /// <summary>One sample a frame.</summary>
    NewestSample,

    /// <summary>Fill = mean over a window, dot = newest sample, glow = flip rate.</summary>
    Mean,
}

/// <summary>Which encoding fits which speed.</summary>
public static class FlipEncodings
{
    private const double FrameRate = 60;

    /// <summary>The encoding for a rate in steps per second.</summary>
    public static FlipEncoding For(double stepsPerSecond) =>
        stepsPerSecond <= Scene.SlowMotion ? FlipEncoding.EveryFlip
        : stepsPerSecond <= FrameRate ? FlipEncoding.NewestSample
        : FlipEncoding.Mean;
}
