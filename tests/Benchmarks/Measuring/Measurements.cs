namespace DreamViz.Benchmarks.Measuring;

/// <summary>What interleaved windows gave: for every contender the seconds of a run, round by round.</summary>
internal sealed class Measurements(IReadOnlyDictionary<IContender, double[]> seconds)
{
    /// <summary>The median over rounds of the seconds of a run.</summary>
    public double MedianSeconds(IContender contender) => Median(seconds[contender]);

    /// <summary>The seconds of a run in the fastest window.</summary>
    public double BestSeconds(IContender contender) => seconds[contender].Min();

    /// <summary>The median over rounds of how many times as fast one is as the other: seconds of the other over its
    /// own, in the same round.</summary>
    public double Speedup(IContender contender, IContender over) => MedianRatio(over, contender);

    /// <summary>The median over rounds of the seconds of one over the seconds of the other, in the same round.</summary>
    public double MedianRatio(IContender of, IContender over) =>
        Median(seconds[of].Zip(seconds[over], (numerator, denominator) => numerator / denominator));

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
