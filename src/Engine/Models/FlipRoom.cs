using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>Room for the flips of one layer's parents where each needs a pass of the layer's network.</summary>
/// <param name="layer">Whose.</param>
internal sealed class FlipRoom(ConditionalLayer layer)
{
    /// <summary>The most rows of flips at once.</summary>
    public const int Rows = 4096;

    private float[] logs = [];

    /// <summary>For rows of flips.</summary>
    public LayerPass Pass { get; } = layer.CreatePass();

    /// <summary>[flips, parent units] parents, each row with one flipped.</summary>
    public BitMatrix Parents { get; } = new(0, 0);

    /// <summary>[flips, units] the children of each.</summary>
    public BitMatrix Children { get; } = new(0, 0);

    /// <summary>[draws, units] the children of some draws.</summary>
    public BitMatrix Drawn { get; } = new(0, 0);

    /// <summary>Zeros for log-probabilities.</summary>
    public Span<float> Logs(int count)
    {
        if (logs.Length < count) logs = new float[count];
        Span<float> zeros = logs.AsSpan(0, count);
        zeros.Clear();
        return zeros;
    }
}
