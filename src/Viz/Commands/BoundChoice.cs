using System.Globalization;
using DreamViz.Engine.Objectives;

namespace DreamViz.Viz.Commands;

/// <summary>What can be measured of a run.</summary>
internal enum BoundKind
{
    /// <summary>The ELBO.</summary>
    Elbo,

    /// <summary>The importance-weighted bound IW-K.</summary>
    ImportanceWeighted,

    /// <summary>log p(x) by enumeration.</summary>
    Exact,
}

/// <summary>What to measure.</summary>
/// <param name="Kind">Which figure.</param>
/// <param name="Samples">K of the importance-weighted bound.</param>
internal sealed record BoundChoice(BoundKind Kind, int Samples = 0)
{
    /// <summary>IW-500.</summary>
    public static BoundChoice Default { get; } = new(BoundKind.ImportanceWeighted, 500);

    /// <summary>Reads "elbo", "iw:K" or "exact".</summary>
    public static (bool Good, BoundChoice Choice) Parse(string text)
    {
        if (text == "elbo") return (true, new BoundChoice(BoundKind.Elbo));
        if (text == "exact") return (true, new BoundChoice(BoundKind.Exact));
        bool good = int.TryParse(
            text.StartsWith("iw:", StringComparison.Ordinal) ? text[3..] : "", NumberStyles.None, CultureInfo.InvariantCulture,
            out int samples);
        return (good && samples is >= 1 and <= Bounds.MaximumSamples, new BoundChoice(BoundKind.ImportanceWeighted, samples));
    }
}
