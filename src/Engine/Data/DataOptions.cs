namespace DreamViz.Engine.Data;

/// <summary>How examples are made from files or generators.</summary>
public sealed record DataOptions
{
    /// <summary>How grey values become bits. <see cref="BinarizationKind.EveryEpoch"/> concerns the training examples;
    /// held-out examples are then drawn once, so that figures of different runs compare.</summary>
    public BinarizationKind Binarization { get; init; } = BinarizationKind.Threshold;

    /// <summary>The intensity in (0, 1] from which a pixel is on under <see cref="BinarizationKind.Threshold"/>.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>The share of the training examples that is held out for validation where no file holds them.</summary>
    public double ValidationShare { get; init; }

    /// <summary>The share of the training examples that is held out for testing where no file holds them.</summary>
    public double TestShare { get; init; } = 0.15;

    /// <summary>The most words of a vocabulary that is made from texts: the most frequent ones.</summary>
    public int VocabularySize { get; init; } = 2000;

    /// <summary>In how many of the training texts a word must occur to be in the vocabulary.</summary>
    public int MinimumDocuments { get; init; } = 2;

    /// <summary>A file of words, one a line, that are left out when a vocabulary is made from texts; empty for none.</summary>
    public string StopWords { get; init; } = "";

    /// <summary>Names the splits, the fixed draws and generated examples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Binarization))
            throw new InvalidInputException($"binarization: expected threshold, fixed or every-epoch, found {Binarization}");
        if (!(Threshold is > 0 and <= 1))
            throw new InvalidInputException($"threshold: expected an intensity above 0 and at most 1, found {Threshold}");
        CheckShare("validation share", ValidationShare);
        CheckShare("test share", TestShare);
        CheckWhole("vocabulary size", VocabularySize, Documents.VocabularyFile.MaximumWords);
        CheckWhole("minimum documents", MinimumDocuments, int.MaxValue);
        if (ValidationShare + TestShare >= 1)
            throw new InvalidInputException(
                $"validation and test shares: expected a sum below 1, found {ValidationShare + TestShare}");
    }

    private static void CheckWhole(string name, int value, int most)
    {
        if (value < 1 || value > most) throw new InvalidInputException($"{name}: expected 1 to {most}, found {value}");
    }

    private static void CheckShare(string name, double share)
    {
        if (!(share is >= 0 and < 1)) throw new InvalidInputException($"{name}: expected at least 0 and below 1, found {share}");
    }
}
