using DreamViz.Engine.Training;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>When each world shows what: chooses the encoding by speed, starts the flows of slow motion, and lights the world in
/// which something happens.</summary>
public sealed class StageRhythm(WorldDisplay wake, WorldDisplay dream)
{
    /// <summary>Steps per second up to which the phases are shown one after the other; above, they run side by side, so that
    /// nothing large flashes.</summary>
    public const double AlternatingRate = 1.5;

    private const double Hysteresis = 1.15;
    private const float FadeSeconds = 0.25f;
    private const float PauseBetween = 0.1f;

    /// <summary>How samples are shown now.</summary>
    public FlipEncoding Encoding { get; private set; } = FlipEncoding.Mean;

    /// <summary>Whether the phases are shown one after the other.</summary>
    public bool Alternates { get; private set; }

    /// <summary>The phases whose worlds are lit.</summary>
    public StepPhases Lit { get; private set; } = StepPhases.Both;

    /// <summary>Takes a new snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="rate">Steps per second, as far as they are known; 0 while paused.</param>
    public void Observe(TrainingSnapshot snapshot, double rate)
    {
        if (FlipEncodings.For(rate * Hysteresis) == FlipEncodings.For(rate / Hysteresis)) Encoding = FlipEncodings.For(rate);
        bool newWake = wake.Observe(snapshot.Wake, Encoding), newDream = dream.Observe(snapshot.Dream, Encoding);
        if (Encoding != FlipEncoding.EveryFlip) Alternates = false;
        else StartFlows(newWake, newDream, rate);
    }

    /// <summary>Advances by this many seconds.</summary>
    public void Update(float seconds, bool calm, HalfView left, HalfView right)
    {
        wake.Rate = dream.Rate = calm ? WorldDisplay.CalmUpdatesPerSecond : WorldDisplay.UpdatesPerSecond;
        wake.Update(seconds, calm);
        dream.Update(seconds, calm);
        Lit = !Alternates ? StepPhases.Both
            : wake.Flow.Flowing ? StepPhases.Wake
            : dream.Flow.Flowing ? StepPhases.Sleep
            : Lit;
        Fade(left, Lit.HasFlag(StepPhases.Wake), seconds);
        Fade(right, Lit.HasFlag(StepPhases.Sleep), seconds);
    }

    private void StartFlows(bool newWake, bool newDream, double rate)
    {
        if (!newWake && !newDream) return;
        float interval = rate > 0 ? (float)(1 / rate) : float.PositiveInfinity;
        int stages = wake.Flow.Stages;
        Alternates = rate <= AlternatingRate;
        int flows = Alternates && newWake && newDream ? 2 : 1;
        float melt = MathF.Min(FlowClock.MeltSeconds, 0.2f * interval);
        float pause = flows > 1 ? PauseBetween : 0;
        float stage = Math.Clamp((0.85f * interval - flows * melt - pause) / (flows * stages), 0.005f, FlowClock.LayerSeconds);
        float duration = stages * stage + melt;
        if (newWake) wake.StartFlow(0, stage, melt, Alternates);
        if (newDream) dream.StartFlow(flows > 1 ? duration + pause : 0, stage, melt, Alternates);
    }

    private static void Fade(HalfView half, bool lit, float seconds)
    {
        float step = seconds / FadeSeconds * (1 - HalfView.Resting);
        half.Light = lit ? MathF.Min(1, half.Light + step) : MathF.Max(HalfView.Resting, half.Light - step);
    }
}
