using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>A short image of a long gradient, S g: every coordinate is added, with a random sign, to one of D places. Linear, and
/// on average over the signs ⟨S g, S h⟩ = ⟨g, h⟩. Where there are no more than D coordinates, S is the identity.</summary>
/// <remarks>The relative error of a squared norm is about √(2 / D), 6% for D = 512.
/// Source: Charikar, Chen and Farach-Colton, "Finding frequent items in data streams", 2002.</remarks>
internal sealed class GradientSketch
{
    /// <summary>The most places.</summary>
    public const int MaximumPlaces = 512;

    private readonly short[]? places;

    /// <param name="coordinates">P.</param>
    /// <param name="seed">Names places and signs.</param>
    public GradientSketch(int coordinates, ulong seed)
    {
        Places = Math.Min(coordinates, MaximumPlaces);
        if (coordinates > MaximumPlaces) places = Draw(coordinates, seed);
    }

    /// <summary>D.</summary>
    public int Places { get; }

    /// <summary>S g.</summary>
    /// <param name="gradient">[P].</param>
    /// <param name="sketch">[D] overwritten.</param>
    public void Apply(ReadOnlySpan<float> gradient, Span<float> sketch)
    {
        if (places is null)
        {
            gradient.CopyTo(sketch);
            return;
        }

        sketch.Clear();
        for (int i = 0; i < gradient.Length; i++)
        {
            int place = places[i];
            if (place >= 0) sketch[place] += gradient[i];
            else sketch[~place] -= gradient[i];
        }
    }

    /// <summary>Places, those with a minus sign as their complements.</summary>
    private static short[] Draw(int coordinates, ulong seed)
    {
        short[] places = new short[coordinates];
        float[] uniform = new float[coordinates];
        new RandomStream(new StreamKey(seed, StreamPurpose.Projection)).FillUniform(uniform);
        for (int i = 0; i < coordinates; i++)
        {
            int place = (int)(uniform[i] * (2 * MaximumPlaces));
            places[i] = (short)(place < MaximumPlaces ? place : ~(place - MaximumPlaces));
        }

        return places;
    }
}
