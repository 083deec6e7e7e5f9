namespace DreamViz.Viz.Panels.Stage;

/// <summary>Time of one sample that flows through a world layer by layer in slow motion, then of the picture that melts
/// smooth.</summary>
public sealed class FlowClock(int stages)
{
    /// <summary>The longest time one layer takes.</summary>
    public const float LayerSeconds = 0.15f;

    /// <summary>The longest time a picture takes to melt smooth.</summary>
    public const float MeltSeconds = 0.2f;

    private bool arrives;
    private float elapsed = float.PositiveInfinity;
    private float stageSeconds = LayerSeconds;
    private float meltSeconds = MeltSeconds;

    /// <summary>Layers, the visible one included.</summary>
    public int Stages { get; } = stages;

    /// <summary>Whether a sample is on its way, or waits to start.</summary>
    public bool Running => elapsed < Duration;

    /// <summary>Whether a sample is on its way.</summary>
    public bool Flowing => Running && elapsed >= 0;

    /// <summary>Whether a sample is on its way so slowly that its picture may arrive as dots and layers it has not reached may
    /// rest: faster, that would flash.</summary>
    public bool Arrives => Flowing && arrives;

    /// <summary>The stage under way, from 0; <see cref="Stages"/> once all are done; −1 while waiting.</summary>
    public int Stage => elapsed < 0 ? -1 : (int)MathF.Min(Stages, elapsed / stageSeconds);

    /// <summary>How smooth the picture is, 0 to 1.</summary>
    public float Melt => Math.Clamp((elapsed - Stages * stageSeconds) / meltSeconds, 0, 1);

    private float Duration => Stages * stageSeconds + meltSeconds;

    /// <summary>Starts after a delay, all in seconds.</summary>
    public void Start(float delay, float stage, float melt, bool slow)
    {
        (elapsed, stageSeconds, meltSeconds) = (-delay, stage, melt);
        arrives = slow;
    }

    /// <summary>Advances by this many seconds.</summary>
    public void Update(float seconds) => elapsed += seconds;

    /// <summary>Jumps to the end.</summary>
    public void Finish() => elapsed = float.PositiveInfinity;

    /// <summary>How far a stage has come, 0 to 1.</summary>
    public float Progress(int stage) => Math.Clamp(elapsed / stageSeconds - stage, 0, 1);
}
