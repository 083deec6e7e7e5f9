using DreamViz.Benchmarks.Measuring;

namespace DreamViz.Benchmarks.Estimators;

/// <summary>An action on one thread, timed by what it takes of the processor, so that other programs hardly enter.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="run">What is timed.</param>
internal sealed class CpuTimedAction(string name, Action run) : IContender
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public double SecondsPerRun(TimeSpan window)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime, taken;
        int runs = 0;
        do
        {
            run();
            runs++;
            taken = Environment.CpuUsage.TotalTime - start;
        }
        while (taken < window);

        return taken.TotalSeconds / runs;
    }
}
