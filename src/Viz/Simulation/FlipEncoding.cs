namespace DreamViz.Viz.Simulation;

/// <summary>How samples that come faster than eyes can follow are shown; always labelled on the screen.</summary>
public enum FlipEncoding
{
    /// <summary>Every sample and every flip, layer by layer.</summary>
    EveryFlip,

    /// <summary>One sample a frame.</summary>
    OneSample,

    /// <summary>Fill = mean over a window, dot = newest sample, glow = flip rate.</summary>
    WindowMean,
}

/// <summary>Which encoding fits which speed.</summary>
public static class FlipEncodings
{
    /// <summary>Up to this many steps a second every flip is shown.</summary>
    public const double SlowestRates = 10;

    /// <summary>Up to this many steps a second one sample is shown each frame.</summary>
    public const double FrameRates = 60;

    /// <summary>The encoding for a rate in steps per second.</summary>
    public static FlipEncoding For(double stepsPerSecond) =>
        stepsPerSecond <= SlowestRates ? FlipEncoding.EveryFlip
        : stepsPerSecond <= FrameRates ? FlipEncoding.OneSample
        : FlipEncoding.WindowMean;
}
