using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data;

/// <summary>How grey values become bits.</summary>
public enum BinarizationKind
{
    /// <summary>On where the intensity is at least the threshold.</summary>
    Threshold,

    /// <summary>Drawn once, on with probability intensity.</summary>
    Fixed,

    /// <summary>Drawn afresh each epoch, on with probability intensity.</summary>
    EveryEpoch,
}

/// <summary>Binary examples for training and for evaluation, shaped as pictures where they are pictures; or documents, bags of
/// words of one vocabulary.</summary>
public sealed class Dataset
{
    /// <summary>What to call it, such as "Digits 8×8".</summary>
    public required string Name { get; init; }

    /// <summary>Pixels to a row of the picture; Width · Height = Units.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the picture; 1 where documents are no pictures.</summary>
    public required int Height { get; init; }

    /// <summary>D, visible units.</summary>
    public int Units => Width * Height;

    /// <summary>[D] the words that the units stand for, where examples are documents; null where they are pictures.</summary>
    public IReadOnlyList<string>? Vocabulary { get; init; }

    /// <summary>Examples to learn from.</summary>
    public required Examples Training { get; init; }

    /// <summary>Examples held out for choosing settings; empty where the data has none.</summary>
    public required Examples Validation { get; init; }

    /// <summary>Examples held out for the final figures.</summary>
    public required Examples Test { get; init; }

    /// <summary>C, where the training examples have labels 0 … C − 1; else 0.</summary>
    public int Classes => Training.Labels is { Count: > 0 } labels ? labels.Max() + 1 : 0;

    /// <summary>[C] what the classes are called, where that is known; else null.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Who made the data and under what licence, for display; empty for generated data.</summary>
    public string Attribution { get; init; } = "";
}

/// <summary>A set of examples of one dataset, kept as intensities or as bits.</summary>
public abstract class Examples
{
    /// <summary>How many there are.</summary>
    public abstract int Count { get; }

    /// <summary>[Count] class labels, or null.</summary>
    public virtual IReadOnlyList<int>? Labels => null;

    /// <summary>[Count] N, the words of each document; null where examples are no documents.</summary>
    public virtual IReadOnlyList<int>? Lengths => null;

    /// <summary>Whether the bits differ from epoch to epoch.</summary>
    public abstract bool ChangesWithEpoch { get; }

    /// <summary>Writes the bits of the chosen examples, one a row; of documents, their counts, too.</summary>
    /// <param name="indices">[B] which examples, from 0.</param>
    /// <param name="seed">The run's seed, for bits drawn afresh.</param>
    /// <param name="epoch">The epoch, for bits drawn afresh.</param>
    /// <param name="destination">[B, D], reshaped and overwritten.</param>
    public abstract void Read(ReadOnlySpan<int> indices, ulong seed, long epoch, BitMatrix destination);

    /// <summary>[D] the share of examples in which each unit is on (the mean intensity, where bits are drawn); of documents, the
    /// share of all words that are this one. Overwritten.</summary>
    public abstract void Means(Span<double> destination);
}
