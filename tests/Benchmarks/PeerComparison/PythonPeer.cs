using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine;

namespace DreamViz.Benchmarks.PeerComparison;

/// <summary>A training script in a Python process of its own that times its own steps: "run N" on its input is answered with
/// the seconds of N steps. It prepares its libraries itself (threads, passive waiting, no forced kernels).</summary>
internal sealed class PythonPeer : IContender, IDisposable
{
    private const int WarmUpSteps = 30;

    // Two ticks of the clock that counts processor time.
    private static readonly TimeSpan LookForWork = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string python;
    private readonly Process process;
    private string lastComplaint = "";
    private string? description;
    private double secondsPerStep;

    /// <param name="python">The Python that has PyTorch.</param>
    /// <param name="script">The script's name without its ending.</param>
    /// <param name="threads">How many threads it may use.</param>
    /// <exception cref="InvalidInputException">There is no such Python.</exception>
    public PythonPeer(string python, string script, int threads)
    {
        (this.python, Name) = (python, $"{script}.py on {threads} thread{(threads == 1 ? "" : "s")}");
        string path = Path.Combine(AppContext.BaseDirectory, "peers", $"{script}.py");
        ProcessStartInfo start = new(python, [path, "--threads", threads.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Start(start);
        process.ErrorDataReceived += (_, line) => lastComplaint = string.IsNullOrWhiteSpace(line.Data) ? lastComplaint : line.Data;
        process.BeginErrorReadLine();
    }

    /// <summary>Debian's own Python, which has Debian's PyTorch, else whatever Python there is.</summary>
    public static string UsualPython => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What the script says of itself: versions, threads and the BLAS library. Waits until it is ready.</summary>
    /// <exception cref="InvalidInputException">It ended instead.</exception>
    public string Description => description ??= ReadLine();

    /// <summary>What all its threads have computed so far.</summary>
    public TimeSpan ProcessorTime => process.TotalProcessorTime;

    /// <inheritdoc/>
    public double SecondsPerRun(TimeSpan window)
    {
        if (secondsPerStep == 0) secondsPerStep = Run(WarmUpSteps);
        secondsPerStep = Run(Math.Max(1, (int)Math.Round(window.TotalSeconds / secondsPerStep)));
        WaitUntilIdle();
        return secondsPerStep;
    }

    /// <summary>Ends the script.</summary>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new InvalidInputException(
                $"peers: expected Python with PyTorch (Debian: python3-torch libopenblas0-pthread), found no '{python}': {error.Message}");
        }
    }

    private double Run(int steps)
    {
        _ = Description;
        process.StandardInput.WriteLine($"run {steps.ToString(CultureInfo.InvariantCulture)}");
        return double.Parse(ReadLine(), CultureInfo.InvariantCulture) / steps;
    }

    /// <summary>Its threads may spin for a while before they sleep: that must not slow who comes next.</summary>
    private void WaitUntilIdle()
    {
        TimeSpan before;
        do
        {
            before = ProcessorTime;
            Thread.Sleep(LookForWork);
        }
        while (ProcessorTime != before);
    }

    private string ReadLine()
    {
        if (process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult() is { } line) return line;
        process.WaitForExit();
        throw new InvalidInputException(
            $"peers: expected {Name} to run with {python} (Debian: python3-torch libopenblas0-pthread), found: {lastComplaint}");
    }
}
