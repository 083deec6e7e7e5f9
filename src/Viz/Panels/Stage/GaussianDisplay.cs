using DreamViz.Engine.Training;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What the real-valued units of one half show now.</summary>
/// <param name="units">G.</param>
public sealed class GaussianDisplay(int units)
{
    private readonly float[] values = new float[units];
    private readonly float[] means = new float[units];
    private readonly float[] deviations = new float[units];

    /// <summary>G.</summary>
    public int Units { get; } = units;

    /// <summary>[G] the values of the newest sample.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>[G] μ of the newest sample.</summary>
    public ReadOnlySpan<float> Means => means;

    /// <summary>[G] σ of the newest sample.</summary>
    public ReadOnlySpan<float> Deviations => deviations;

    /// <summary>Shows a sample.</summary>
    public void Show(GaussianState sample)
    {
        Show(sample.Values);
        sample.Means.CopyTo(means, 0);
        sample.Deviations.CopyTo(deviations, 0);
    }

    /// <summary>Shows values, [G].</summary>
    public void Show(ReadOnlySpan<float> newest) => newest.CopyTo(values);
}
