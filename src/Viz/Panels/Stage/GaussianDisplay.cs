using DreamViz.Engine.Training;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What the real-valued units of one half show now; needles follow their values with time.</summary>
/// <param name="units">G.</param>
public sealed class GaussianDisplay(int units)
{
    private const float EaseSeconds = 0.06f;

    private readonly float[] values = new float[units];
    private readonly float[] targets = new float[units];
    private readonly float[] means = new float[units];
    private readonly float[] deviations = new float[units];

    /// <summary>G.</summary>
    public int Units { get; } = units;

    /// <summary>[G] where the needles stand.</summary>
    public ReadOnlySpan<float> Shown => values;

    /// <summary>[G] the values that they move to.</summary>
    public ReadOnlySpan<float> Values => targets;

    /// <summary>[G] μ of the newest sample.</summary>
    public ReadOnlySpan<float> Means => means;

    /// <summary>[G] σ of the newest sample.</summary>
    public ReadOnlySpan<float> Deviations => deviations;

    /// <summary>Moves to the values of a sample.</summary>
    public void Show(GaussianState sample)
    {
        Show(sample.Values);
        sample.Means.CopyTo(means, 0);
        sample.Deviations.CopyTo(deviations, 0);
    }

    /// <summary>Moves to values, [G].</summary>
    public void Show(ReadOnlySpan<float> newest) => newest.CopyTo(targets);

    /// <summary>Advances by this many seconds.</summary>
    public void Update(float seconds)
    {
        float share = 1 - MathF.Exp(-seconds / EaseSeconds);
        for (int i = 0; i < values.Length; i++) values[i] += (targets[i] - values[i]) * share;
    }
}
