namespace DreamViz.Engine.Data;

/// <summary>What the ten classes of Fashion-MNIST are called; its files hold numbers alone.</summary>
/// <remarks>Source: Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms", 2017.
/// </remarks>
internal static class FashionMnist
{
    private const int Side = 28;

    private static readonly int[] FirstLabels = [9, 0, 0, 3, 0, 2, 7, 2, 5, 5];

    /// <summary>By class.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Whether a training file is its: 28×28 pixels, and its first ten labels.</summary>
    public static bool Is(GrayImages training) =>
        (training.Width, training.Height) == (Side, Side) && training.Labels is { } labels && labels.Take(FirstLabels.Length).SequenceEqual(FirstLabels);
}
