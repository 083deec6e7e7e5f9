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

    // [flips, G] the real-valued parents of each.
    private readonly Matrix gaussian = new(0, 0);

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

    /// <summary>[draws, words] p of every word.</summary>
    public Matrix Shares { get; } = new(0, 0);

    /// <summary>[parents, words] by what each parent multiplies each word.</summary>
    public Matrix Growth { get; } = new(0, 0);

    /// <summary>[draws, parents] what all words then sum to with each parent turned on.</summary>
    public Matrix TurnedOn { get; } = new(0, 0);

    /// <summary>[draws, parents] the same, turned off.</summary>
    public Matrix TurnedOff { get; } = new(0, 0);

    /// <summary>Some rows, each by itself and then with each of its bits flipped; of a label, with each label in place of its own.</summary>
    /// <param name="bits">The rows.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="flips">[count · (1 + units), units], overwritten.</param>
    /// <param name="classes">How many of the first bits are those of one label.</param>
    public void FlipEach(BitMatrix bits, int first, int count, BitMatrix flips, int classes = 0)
    {
        int each = 1 + bits.Columns;
        Drawn.CopyFrom(bits, first, count);
        RowGroups.Repeat(Drawn, each, flips);
        for (int r = 0; r < count * each; r++)
        {
            int unit = r % each - 1;
            if (unit >= classes) flips.Row(r)[unit >> 6] ^= 1UL << unit;
            else if (unit >= 0) LabelBits.Write(flips.Row(r), classes, unit);
        }
    }

    /// <summary>Gives every flip the real-valued parents of its draw; nothing where there are none.</summary>
    /// <param name="drawn">Of the draws.</param>
    /// <param name="first">The first draw.</param>
    /// <param name="count">Draws.</param>
    /// <param name="each">Rows for each.</param>
    public void RepeatGaussian(LayerPass drawn, int first, int count, int each)
    {
        if (drawn.GaussianParents is not { } values) return;
        gaussian.Reshape(count * each, values.Columns);
        for (int r = 0; r < gaussian.Rows; r++) values.PaddedRow(first + r / each).CopyTo(gaussian.PaddedRow(r));
        Pass.GaussianParents = gaussian;
    }

    /// <summary>[flips] log p(child | parents), in nats.</summary>
    public ReadOnlySpan<float> LogProbabilities(WorkerTeam team)
    {
        layer.ComputeLogits(Parents, 1, Pass, team);
        layer.Complete(Children, Pass, team);
        Span<float> result = Logs(Parents.Rows);
        layer.AccumulateLogProbability(Children, Pass, result, team);
        return result;
    }

    /// <summary>The labels given with some draws, −1 for none; empty where none is.</summary>
    public ReadOnlySpan<int> Labels(LayerPass drawn, int first, int count)
    {
        if (drawn.ObservedLabels.IsEmpty) return [];
        if (labels.Length < count) labels = new int[count];
        for (int r = 0; r < count; r++) labels[r] = drawn.ObservedLabel(first + r);
        return labels.AsSpan(0, count);
    }

    /// <summary>Zeros for log-probabilities.</summary>
    private Span<float> Logs(int count)
    {
        if (logs.Length < count) logs = new float[count];
        Span<float> zeros = logs.AsSpan(0, count);
        zeros.Clear();
        return zeros;
    }
}
