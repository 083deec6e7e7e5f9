using DreamViz.Engine.Models;

namespace DreamViz.Engine.Objectives;

/// <summary>Numbers every configuration of the latent units: the lowest layer's units are the lowest bits.</summary>
internal static class LatentConfigurations
{
    /// <summary>Writes configurations first … first + rows − 1 into the latent layers, one a row; the visible bits are zero.
    /// </summary>
    public static void Write(MachineSample sample, int first, int rows)
    {
        sample.Begin(rows);
        for (int r = 0; r < rows; r++) WriteRow(sample, r, first + r);
    }

    /// <summary>Writes one configuration into one row of the latent layers.</summary>
    public static void WriteRow(MachineSample sample, int row, int configuration)
    {
        for (int l = 1; l < sample.LayerSizes.Count; l++)
        {
            int units = sample.LayerSizes[l];
            sample.Bits(l).Row(row)[0] = (ulong)(configuration & (1 << units) - 1);
            configuration >>= units;
        }
    }
}
