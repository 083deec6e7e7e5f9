using System.Globalization;

namespace DreamViz.Viz.Commands;

/// <summary>What <c>--prior</c> asks for.</summary>
/// <param name="Fixed">φ of a fixed prior; null for one that is learned.</param>
internal sealed record PriorChoice(double? Fixed)
{
    private const double UsualProbability = 0.5;

    /// <summary>Reads learned, fixed or a number in (0, 1).</summary>
    public static (bool Good, PriorChoice? Value) Parse(string text) => text switch
    {
        "learned" => (true, new PriorChoice(Fixed: null)),
        "fixed" => (true, new PriorChoice(UsualProbability)),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double probability) && probability is > 0 and < 1
            ? (true, new PriorChoice(probability))
            : (false, null),
    };
}
