namespace DreamViz.Viz.Simulation;

/// <summary>The clock of a scene, with Unity's words and meaning. All times in seconds.</summary>
/// <remarks>It knows no wall clock: real time arrives as an argument, so a film and a live picture animate alike.</remarks>
public sealed class SimulationTime
{
    private double fixedTime;
    private double frameDelta;
    private bool inFixedStep;

    /// <summary>Simulated time since the previous frame; inside FixedUpdate it is <see cref="FixedDeltaTime"/>.</summary>
    public double DeltaTime => inFixedStep ? FixedDeltaTime : frameDelta;

    /// <summary>Time since the previous frame, neither scaled nor limited.</summary>
    public double UnscaledDeltaTime { get; private set; }

    /// <summary>Simulated time between two calls of FixedUpdate.</summary>
    public double FixedDeltaTime { get; set; } = 0.02;

    /// <summary>How fast simulated time passes: 1 as real, 0.5 half as fast, 0 stands still.</summary>
    public double TimeScale { get; set; } = 1;

    /// <summary>The most by which <see cref="DeltaTime"/> moves in one frame, however long that frame took.</summary>
    public double MaximumDeltaTime { get; set; } = 1.0 / 3;

    /// <summary>Simulated time at the beginning of this frame.</summary>
    public double Time { get; private set; }

    /// <summary>Frames so far, this one included.</summary>
    public long FrameCount { get; private set; }

    /// <summary>When not 0: each frame advances by exactly 1 / CaptureFrameRate, whatever the real time. The recorder's
    /// clock.</summary>
    public int CaptureFrameRate { get; set; }

    /// <summary>Begins a frame.</summary>
    /// <param name="seconds">Real time since the previous frame; negative and non-finite count as 0.</param>
    /// <returns>How many fixed steps this frame owes.</returns>
    internal int BeginFrame(double seconds)
    {
        UnscaledDeltaTime = CaptureFrameRate > 0 ? 1.0 / CaptureFrameRate : double.IsFinite(seconds) ? Math.Max(0, seconds) : 0;
        frameDelta = Math.Min(UnscaledDeltaTime, MaximumDeltaTime) * TimeScale;
        Time += frameDelta;
        FrameCount++;
        return TakeFixedSteps();
    }

    internal void BeginFixedStep() => inFixedStep = true;

    internal void EndFixedStep() => inFixedStep = false;

    private int TakeFixedSteps()
    {
        // Rounding must not make a step due at exactly this time wait for the next frame.
        int steps = (int)Math.Floor((Time - fixedTime) / FixedDeltaTime + 1e-9);
        fixedTime += steps * FixedDeltaTime;
        return steps;
    }
}
