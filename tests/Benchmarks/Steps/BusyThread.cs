namespace DreamViz.Benchmarks.Steps;

/// <summary>Other work on the machine: a thread that computes without rest, at normal priority, until disposed.</summary>
internal sealed class BusyThread : IDisposable
{
    private readonly Thread thread;
    private volatile bool stop;

    public BusyThread()
    {
        thread = new Thread(Spin) { IsBackground = true, Name = "Other work" };
        thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop = true;
        thread.Join();
    }

    private void Spin()
    {
        double x = 1;
        while (!stop)
            for (int i = 0; i < 1000; i++) x = Math.Sqrt(x + i);
    }
}

/// <summary>A contender with other work beside it, which is there in its windows only.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="inner">What is measured.</param>
internal sealed class Beside(string name, Measuring.IContender inner) : Measuring.IContender
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public double SecondsPerRun(TimeSpan window)
    {
        using BusyThread other = new();
        return inner.SecondsPerRun(window);
    }
}
