using System.Diagnostics;
using System.Globalization;

namespace DreamViz.Benchmarks.Measuring;

/// <summary>How much of the processors other programs took since this was created: a comparison between threads that spin is
/// worth little on a busy machine.</summary>
internal sealed class ForeignLoad
{
    private const string Statistics = "/proc/stat";
    private const double TicksPerSecond = 100;

    private readonly Func<TimeSpan> children;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly double foreignBefore;

    /// <param name="children">The processor time so far of the programs that belong to the measurement.</param>
    public ForeignLoad(Func<TimeSpan> children)
    {
        this.children = children;
        foreignBefore = ForeignSeconds();
    }

    /// <summary>Adds to every title how busy other programs kept the machine while the table was measured.</summary>
    public static IEnumerable<BenchmarkTable> Note(IEnumerable<BenchmarkTable> tables)
    {
        ForeignLoad load = new(() => TimeSpan.Zero);
        foreach (BenchmarkTable table in tables)
        {
            yield return table with { Title = $"{table.Title} ({load.Describe()})" };
            load = new ForeignLoad(() => TimeSpan.Zero);
        }
    }

    /// <summary>The share in words; says so where the system does not tell.</summary>
    public string Describe()
    {
        if (!File.Exists(Statistics)) return "load by other programs unknown";
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds * Environment.ProcessorCount;
        double share = Math.Max(0, (ForeignSeconds() - foreignBefore) / seconds);
        return string.Create(CultureInfo.InvariantCulture, $"other programs took {share:0%} of the processors meanwhile");
    }

    private double ForeignSeconds() => BusySeconds() - (Environment.CpuUsage.TotalTime + children()).TotalSeconds;

    /// <summary>What all processors have computed so far: "cpu user nice system idle iowait irq softirq steal …", in ticks.
    /// </summary>
    private static double BusySeconds()
    {
        if (!File.Exists(Statistics)) return 0;
        double[] ticks = [.. File.ReadLines(Statistics).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        return (ticks.Sum() - ticks[3] - ticks[4]) / TicksPerSecond;
    }
}
