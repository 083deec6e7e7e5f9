using System.CommandLine;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Viz.Commands;

namespace DreamViz.Benchmarks.PeerComparison;

/// <summary><c>peers</c>: our training step against PyTorch's at equal threads, in turn, in one run.</summary>
internal static class PeersBenchmark
{
    private const int MostThreads = 2;

    // Of milliseconds: a few steps of the slowest, between two turns of other programs if there are any.
    private const double Window = 40;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string?> python = Values.Text(
            "--python", "PATH", $"The Python that has PyTorch; {PythonPeer.UsualPython} where not given.");
        return new MeasuringCommand(
            "peers", "Training steps against PyTorch's at equal threads.",
            (plan, parse) => Measure(plan, parse.GetValue(python) ?? PythonPeer.UsualPython))
        { python };
    }

    private static IEnumerable<BenchmarkTable> Measure(MeasuringPlan plan, string python)
    {
        MeasuringPlan longer = plan.InWindowsOf(Window);
        for (int threads = 1; threads <= Math.Min(MostThreads, Environment.ProcessorCount); threads++)
        {
            using PeerRound round = new(python, threads);
            yield return round.Measure(longer);
        }
    }
}
