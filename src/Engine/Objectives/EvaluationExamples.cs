using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Objectives;

/// <summary>The first examples of a set, in order, for evaluation.</summary>
internal static class EvaluationExamples
{
    /// <summary>The smaller of what was asked for and what there is.</summary>
    /// <exception cref="InvalidInputException">That is none.</exception>
    public static int CheckedCount(Examples examples, int count)
    {
        if (examples.Count == 0) throw new InvalidInputException("bound: expected at least one example, found none");
        if (count < 1) throw new InvalidInputException($"bound: expected at least one example, found {count}");
        return Math.Min(count, examples.Count);
    }

    /// <summary>Reads examples first … first + count − 1.</summary>
    /// <param name="examples">Where from.</param>
    /// <param name="first">The first.</param>
    /// <param name="count">B.</param>
    /// <param name="seed">The evaluation's seed, for bits drawn each epoch.</param>
    /// <param name="bits">[B, D], reshaped and overwritten.</param>
    public static void Read(Examples examples, int first, int count, ulong seed, BitMatrix bits)
    {
        int[] indices = [.. Enumerable.Range(first, count)];
        examples.Read(indices, seed, 0, bits);
    }
}
