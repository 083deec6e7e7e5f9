using System.Diagnostics;
using System.Globalization;
using DreamViz.Viz.Commands;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>What the terminal shows while a browser has the picture: one line that is rewritten twice a second, or plain
/// lines, each only when the number of windows changed or 10 s passed, where the output is not a terminal.</summary>
internal sealed class StatusLine : IDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(0.5);
    private const int QuietRefreshes = 20;

    private readonly TextWriter output;
    private readonly BrowserHost host;
    private readonly Func<RunProgress> progress;
    private readonly bool live;
    private readonly Lock gate = new();
    private readonly Timer timer;
    private readonly Stopwatch sinceShown = Stopwatch.StartNew();
    private uint published;
    private int shownWindows;
    private int quiet;
    private bool ended;

    /// <summary>A line that is silent until <see cref="Begin"/>.</summary>
    public StatusLine(TextWriter output, BrowserHost host, Func<RunProgress> progress)
    {
        (this.output, this.host, this.progress) = (output, host, progress);
        live = Terminal.IsTerminal(output);
        timer = new(_ => Show());
    }

    /// <summary>Prints why there is no window, the address and who may use it; then keeps the line fresh.</summary>
    public void Begin(string? why, BrowserOptions options)
    {
        if (why is not null) output.WriteLine(why);
        output.WriteLine($"Open {host.Address}");
        if (options.AllowRemote)
            output.WriteLine(options.ViewOnly
                ? "Others can watch with this address, unencrypted; nobody can control (see --remote-control)."
                : "Whoever has this address, unencrypted, can watch and control.");
        output.WriteLine("Ctrl+C ends.");
        output.Flush();
        timer.Change(Refresh, Refresh);
    }

    /// <summary>Ends the line.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            ended = true;
            if (live) output.WriteLine();
        }
    }

    /// <summary>The line as it would be shown.</summary>
    internal static string Compose(RunProgress run, double framesPerSecond, int windows) => string.Create(
        CultureInfo.InvariantCulture,
        $"step {run.Step:N0} · {run.StepsPerSecond:N0} steps/s · {framesPerSecond:N0} frames/s · {windows} {(windows == 1 ? "window" : "windows")}");

    private void Show()
    {
        lock (gate)
        {
            int windows = host.Audience.Count;
            if (ended || (!live && windows == shownWindows && ++quiet < QuietRefreshes)) return;
            uint frames = host.Audience.Published;
            string line = Compose(progress(), (frames - published) / sinceShown.Elapsed.TotalSeconds, windows);
            if (live) output.Write($"\r\e[2K{line[..Math.Min(line.Length, Math.Max(0, Console.WindowWidth - 1))]}");
            else output.WriteLine(line);
            output.Flush();
            (published, shownWindows, quiet) = (frames, windows, 0);
            sinceShown.Restart();
        }
    }
}
