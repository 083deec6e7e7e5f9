namespace DreamViz.Benchmarks.Measuring;

/// <summary>How long and how often everything is measured.</summary>
/// <param name="Windows">Counted windows of every contender.</param>
/// <param name="Window">The length of one.</param>
/// <param name="Quick">The whole command stays below 45 seconds: less is measured where shorter windows do not
/// suffice.</param>
internal sealed record MeasuringPlan(int Windows, TimeSpan Window, bool Quick)
{
    /// <summary>The fewest windows of which a median is worth a ratio.</summary>
    public const int FewestWindows = 8;

    private const int UsualWindows = 12;

    /// <summary>The plan of a command line.</summary>
    /// <param name="windows">Null: the usual number.</param>
    /// <param name="quick">Whether the command must stay below 45 seconds.</param>
    public static MeasuringPlan Create(int? windows, bool quick) =>
        new(windows ?? (quick ? FewestWindows : UsualWindows), TimeSpan.FromMilliseconds(quick ? 20 : 80), quick);

    /// <summary>As long in sum, in windows of another length; never fewer than <see cref="FewestWindows"/>.</summary>
    /// <remarks>Windows of a few milliseconds mostly fit between two turns of other programs, so that the median tells what
    /// an undisturbed one takes, even on a busy machine.</remarks>
    public MeasuringPlan InWindowsOf(double milliseconds) => WithWindow(milliseconds) with
    {
        Windows = Math.Max(FewestWindows, (int)(Windows * Window.TotalMilliseconds / milliseconds)),
    };

    /// <summary>As many windows of another length.</summary>
    public MeasuringPlan WithWindow(double milliseconds) => this with { Window = TimeSpan.FromMilliseconds(milliseconds) };
}
