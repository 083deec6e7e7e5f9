using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Topics;

/// <summary>Which bars the units of a network with one latent layer found: a unit found a bar where the bar's words are exactly
/// those that it pushes most.</summary>
internal static class BarMatch
{
    /// <summary>How many different bars units found, of 2 · size, and how many of the units found one.</summary>
    /// <param name="machine">The network.</param>
    /// <param name="size">Words to a bar.</param>
    public static (int Bars, int Units) Count(HelmholtzMachine machine, int size)
    {
        var pushes = new Matrix(0, 0);
        machine.GenerativePushes(0, pushes);
        HashSet<int> found = [];
        int units = 0;
        for (int unit = 0; unit < pushes.Rows; unit++)
        {
            float[] row = pushes.Row(unit).ToArray();
            int[] order = [.. Enumerable.Range(0, row.Length).OrderByDescending(word => row[word])];
            if (Bar(order[..size], size) is not { } bar) continue;
            found.Add(bar);
            units++;
        }

        return (found.Count, units);
    }

    /// <summary>The number of the bar that these words are: rows first, then columns; null where they are none.</summary>
    private static int? Bar(int[] words, int size)
    {
        if (words.All(word => word / size == words[0] / size)) return words[0] / size;
        return words.All(word => word % size == words[0] % size) ? size + words[0] % size : null;
    }
}
