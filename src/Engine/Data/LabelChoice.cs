using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data;

/// <summary>Which training examples keep their label when only some do: as many of each class, chosen by the seed. The choice of
/// fewer is part of the choice of more.</summary>
public sealed class LabelChoice
{
    private readonly int[] labels;
    private readonly int[] ranks;

    /// <param name="labels">[N] the labels of all examples.</param>
    /// <param name="classes">C.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="InvalidInputException">A label is not one of the classes 0 … C − 1.</exception>
    public LabelChoice(IReadOnlyList<int> labels, int classes, ulong seed)
    {
        this.labels = [.. labels];
        for (int n = 0; n < labels.Count; n++)
        {
            if ((uint)labels[n] >= (uint)classes)
                throw new InvalidInputException($"data, label of example {n + 1}: expected 0 to {classes - 1}, found {labels[n]}");
        }

        ranks = Rank(classes, seed);
    }

    /// <summary>The label of a training example if it is one of the first <paramref name="known"/> to keep it, else −1.</summary>
    /// <param name="example">Which example, from 0.</param>
    /// <param name="known">How many examples keep their label.</param>
    public int Of(int example, int known) => ranks[example] < known ? labels[example] : -1;

    /// <summary>[B] the labels that a run with this seed gives with some training examples, −1 where none; empty for a machine without
    /// a label or data without labels.</summary>
    /// <param name="training">The training examples.</param>
    /// <param name="classes">C; 0 for a machine without a label.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="known">How many examples keep their label.</param>
    /// <param name="indices">[B] which examples, from 0.</param>
    /// <exception cref="InvalidInputException">A label is not one of the classes 0 … C − 1.</exception>
    public static int[] Given(Examples training, int classes, ulong seed, int known, ReadOnlySpan<int> indices)
    {
        if (classes == 0 || training.Labels is not { } labels) return [];
        LabelChoice choice = new(labels, classes, seed);
        int[] given = new int[indices.Length];
        for (int b = 0; b < given.Length; b++) given[b] = choice.Of(indices[b], known);
        return given;
    }

    /// <summary>[N] the place of each example among those that keep their label: in a random order, class by class in turn.
    /// </summary>
    private int[] Rank(int classes, ulong seed)
    {
        var order = new int[labels.Length];
        new RandomStream(new StreamKey(seed, StreamPurpose.Labels)).FillPermutation(order);
        var taken = new int[classes];
        var turns = new (int Turn, int Class, int Example)[labels.Length];
        for (int i = 0; i < order.Length; i++)
            turns[i] = (taken[labels[order[i]]]++, labels[order[i]], order[i]);
        Array.Sort(turns);
        var result = new int[labels.Length];
        for (int place = 0; place < turns.Length; place++) result[turns[place].Example] = place;
        return result;
    }
}
