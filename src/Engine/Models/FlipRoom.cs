using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>Room for the flips of one layer's parents where each needs a pass of the layer's network.</summary>
/// <param name="layer">Whose.</param>
internal sealed class FlipRoom(ConditionalLayer layer)
{
    /// <summary>The most rows of flips at once.</summary>
    public const int Rows = 4096;

    private float[] logs = [];
    private int[] labels = [];

    /// <summary>For rows of flips.</summary>
    public LayerPass Pass { get; } = layer.CreatePass();

    /// <summary>[flips, parent units] parents, each row with one flipped.</summary>
    public BitMatrix Parents { get; } = new(0, 0);

    /// <summary>[flips, units] the children of each.</summary>
    public BitMatrix Children { get; } = new(0, 0);

    /// <summary>Some draws' children or parents; or none.</summary>
    public BitMatrix Drawn { get; } = new(0, 0);

    /// <summary>[B, units] logits without what the label among the parents adds.</summary>
    public Matrix WithoutLabel { get; } = new(0, 0);

    /// <summary>[C, units] the weights of the label's bits.</summary>
    public Matrix LabelWeights { get; } = new(0, 0);

    /// <summary>[B, C] what each label changes where there was none.</summary>
    public Matrix LabelChanges { get; } = new(0, 0);

    /// <summary>The labels given with some draws, −1 for none; empty where none is.</summary>
    public ReadOnlySpan<int> Labels(LayerPass drawn, int first, int count)
    {
        if (drawn.ObservedLabels.IsEmpty) return [];
        if (labels.Length < count) labels = new int[count];
        for (int r = 0; r < count; r++) labels[r] = drawn.ObservedLabel(first + r);
        return labels.AsSpan(0, count);
    }

    /// <summary>Zeros for log-probabilities.</summary>
    public Span<float> Logs(int count)
    {
        if (logs.Length < count) logs = new float[count];
        Span<float> zeros = logs.AsSpan(0, count);
        zeros.Clear();
        return zeros;
    }
}
