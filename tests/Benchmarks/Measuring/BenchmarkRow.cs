namespace DreamViz.Benchmarks.Measuring;

/// <summary>A figure, and what it has to be.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ratio">The figure; a ratio unless the unit says otherwise.</param>
/// <param name="Must">What it must reach, or null.</param>
/// <param name="Aim">What it aims at, or null.</param>
internal sealed record BenchmarkRow(string Name, double Ratio, double? Must = null, double? Aim = null)
{
    /// <summary>The unit of the figure, the must and the aim.</summary>
    public string Unit { get; init; } = "×";

    /// <summary>Whether a smaller figure is the better one.</summary>
    public bool LessIsBetter { get; init; }

    /// <summary>What stands behind the figure, such as "94 µs, 352 GFLOP/s".</summary>
    public string Detail { get; init; } = "";

    /// <summary>The name, and the direction where it is not the usual one.</summary>
    public string FullName => LessIsBetter ? $"{Name} (less is better)" : Name;

    /// <summary>What came of must and aim; empty where there is neither.</summary>
    public string Verdict => (Must, Aim) switch
    {
        (_, { } aim) when Reaches(aim) => "aim met",
        ({ } must, _) => Reaches(must) ? "must met" : "MISSED",
        _ => "",
    };

    private bool Reaches(double bar) => LessIsBetter ? Ratio <= bar : Ratio >= bar;
}
