namespace DreamViz.Viz.Panels;

/// <summary>Steps along the timeline: x = left + width · log((3 + step) / 3) / log((3 + end) / 3), so that step 0 has its
/// place and the knob rests near the right end.</summary>
internal readonly record struct StepAxis(float Left, float Width, long Now)
{
    private const double Offset = 3;
    private const double KnobShare = 0.945;
    private const long ShortestEnd = 100;

    private double End => Math.Max(Math.Log((Offset + ShortestEnd) / Offset), Math.Log((Offset + Now) / Offset) / KnobShare);

    /// <summary>The right end.</summary>
    public float Right => Left + Width;

    /// <summary>Where a step stands.</summary>
    public float X(long step) => Left + Width * (float)(Math.Log((Offset + Math.Max(0, step)) / Offset) / End);
}
