using System.Numerics.Tensors;

namespace DreamViz.Viz.Simulation;

/// <summary>Word distributions as brightness: √(p_w / maxᵥ pᵥ), 1 for the most probable word.</summary>
/// <remarks>Probabilities themselves would hardly be seen; how probable it is that a word occurs at all is near 1 for every word of a
/// long document. Under the root, words of one topic are seen beside the few that two topics share, which a softmax favors.</remarks>
internal static class WordBrightness
{
    /// <summary>Overwrites the destination.</summary>
    /// <param name="probabilities">[V] p, none negative.</param>
    /// <param name="destination">[V] 0 to 1; p itself where no word has any probability. May be the source.</param>
    public static void Compute(ReadOnlySpan<float> probabilities, Span<float> destination)
    {
        TensorPrimitives.Multiply(probabilities, 1 / Largest(probabilities), destination);
        TensorPrimitives.Sqrt(destination[..probabilities.Length], destination);
    }

    /// <summary>The largest value; 1 where none is positive.</summary>
    public static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values.Length == 0 ? 0 : TensorPrimitives.Max(values);
        return largest > 0 ? largest : 1;
    }
}
