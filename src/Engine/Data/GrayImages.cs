using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data;

/// <summary>N pictures of grey values, [N, Height · Width] bytes, with a label each where there are labels.</summary>
/// <param name="Width">Pixels to a row.</param>
/// <param name="Height">Rows of a picture.</param>
/// <param name="Maximum">The value of full intensity: intensity = value / Maximum.</param>
/// <param name="Pixels">[N · Height · Width] values, 0 … Maximum.</param>
/// <param name="Labels">[N] class labels, or null.</param>
internal sealed record GrayImages(int Width, int Height, int Maximum, byte[] Pixels, IReadOnlyList<int>? Labels)
{
    /// <summary>D, pixels to a picture.</summary>
    public int Units => Width * Height;

    /// <summary>N.</summary>
    public int Count => Pixels.Length / Units;

    /// <summary>The values of one picture, [D].</summary>
    public ReadOnlySpan<byte> Row(int index) => Pixels.AsSpan(index * Units, Units);

    /// <summary>A copy of the chosen pictures.</summary>
    public GrayImages Select(ReadOnlySpan<int> indices)
    {
        byte[] pixels = new byte[indices.Length * Units];
        int[]? labels = Labels is null ? null : new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Row(indices[i]).CopyTo(pixels.AsSpan(i * Units));
            if (labels is not null) labels[i] = Labels![indices[i]];
        }

        return this with { Pixels = pixels, Labels = labels };
    }

    /// <summary>A random choice of <paramref name="count"/> pictures, and the others; both keep their order.</summary>
    public (GrayImages Chosen, GrayImages Others) Split(int count, RandomStream random)
    {
        if (count == 0) return (Select([]), this);
        int[] order = new int[Count];
        random.FillPermutation(order);
        order.AsSpan(0, count).Sort();
        order.AsSpan(count).Sort();
        return (Select(order.AsSpan(0, count)), Select(order.AsSpan(count)));
    }

    /// <summary>All pictures in a random order.</summary>
    public GrayImages Shuffle(RandomStream random)
    {
        int[] order = new int[Count];
        random.FillPermutation(order);
        return Select(order);
    }

    /// <summary>Whether every pixel is either black or of full intensity.</summary>
    public bool IsBinary() => !Pixels.AsSpan().ContainsAnyExcept((byte)0, (byte)Maximum);
}
