namespace DreamViz.Engine.Training;

/// <summary>At which steps a run is evaluated and its timeline dream drawn: 0, 1, 2, 3, 5, 7, 10, then 16 times a decade,
/// and at every multiple of <see cref="LargestGap"/> once that is denser. A function of the step alone, so that two runs can
/// be compared.</summary>
public static class EvaluationSchedule
{
    /// <summary>The most steps between two evaluations.</summary>
    public const long LargestGap = 30_000;

    private const int PerDecade = 16;

    private static ReadOnlySpan<long> First => [0, 1, 2, 3, 5, 7, 10];

    /// <summary>The first evaluation step after this one.</summary>
    public static long Next(long step)
    {
        foreach (long early in First)
            if (early > step) return early;
        long regular = (step / LargestGap + 1) * LargestGap;
        return Math.Min(regular, NextLogarithmic(step));
    }

    private static long NextLogarithmic(long step)
    {
        int k = (int)(Math.Log10(step) * PerDecade) - 1;
        long at;
        do at = (long)Math.Round(Math.Pow(10, ++k / (double)PerDecade));
        while (at <= step);
        return at;
    }
}
