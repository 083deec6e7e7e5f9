using System.Globalization;
using DreamViz.Viz.Controls;

namespace DreamViz.Viz.Panels;

/// <summary>Target rates along the speed slider: 0.5 · 10^(4 t / 0.97) steps per second at position t, full speed from 0.985
/// on.</summary>
internal static class SpeedScale
{
    /// <summary>The slowest rate, in steps per second.</summary>
    public const double Slowest = 0.5;

    private const double Fastest = 5000;
    private const double LastRate = 0.97;
    private const double FullSpeed = 0.985;
    private static readonly SliderScale Rates = new(Slowest, Fastest, Logarithmic: true);

    /// <summary>The position of a rate, 0 to 1.</summary>
    public static double Position(double rate) => double.IsPositiveInfinity(rate) ? 1 : Rates.Position(rate) * LastRate;

    /// <summary>The rate at a position, rounded to two digits.</summary>
    public static double Rate(double position)
    {
        if (position >= FullSpeed) return double.PositiveInfinity;
        double rate = Rates.Value(position / LastRate);
        double unit = Math.Pow(10, Math.Floor(Math.Log10(rate)) - 1);
        return Math.Round(rate / unit) * unit;
    }

    /// <summary>The next rate up or down: about a factor of 1.6 each.</summary>
    public static double Step(double rate, int direction) =>
        Rate(Math.Clamp(Position(rate) + 0.05 * direction, 0, 1));

    /// <summary>What to call a rate.</summary>
    public static string Name(double rate) => double.IsPositiveInfinity(rate)
        ? "max"
        : rate.ToString(rate < 10 ? "0.#" : "#,0", CultureInfo.InvariantCulture) + " / s";
}
