using System.Numerics.Tensors;

namespace DreamViz.Viz.Simulation;

/// <summary>Word distributions as brightness: the most probable word is as bright as can be, another as its probability is to that
/// one's. Probabilities themselves would hardly be seen, and how probable it is that a word occurs at all is near 1 for every word of
/// a topic.</summary>
internal static class ShareScale
{
    /// <summary>1 over the largest of the values, [V]; 1 where none is positive.</summary>
    public static float Of(ReadOnlySpan<float> values)
    {
        float largest = values.Length == 0 ? 0 : TensorPrimitives.Max(values);
        return largest > 0 ? 1 / largest : 1;
    }
}
