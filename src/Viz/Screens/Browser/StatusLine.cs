using System.Globalization;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>What the terminal shows while a browser has the picture: one line that is rewritten twice a second, or plain
/// lines, each only when the number of windows changed or 10 s passed, where the output is not a terminal.</summary>
internal sealed class StatusLine
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(0.5);
    private const int QuietRefreshes = 20;

    private readonly TextWriter output;
    private readonly BrowserHost host;
    private readonly Func<RunProgress> progress;
    private readonly bool live;
    private uint published;
    private int shownClients = -1;
    private int quiet;

    public StatusLine(TextWriter output, BrowserHost host, Func<RunProgress> progress)
    {
        (this.output, this.host, this.progress) = (output, host, progress);
        live = output == Console.Out && !Console.IsOutputRedirected;
    }

    /// <summary>Prints why there is no window, the address, and what it means.</summary>
    public void Begin(string? why, BrowserOptions options)
    {
        if (why is not null) output.WriteLine(why);
        output.WriteLine($"Open  {host.Address}");
        if (options.AllowRemote)
            output.WriteLine(options.ViewOnly
                ? "Others on your network can watch with this address, unencrypted. Nobody can control (see --remote-control)."
                : "Whoever has this address, on your network too and unencrypted, can watch and control.");
        output.WriteLine("Ctrl+C ends.");
        output.Flush();
    }

    /// <summary>Keeps the line fresh until told to stop, then ends it.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Refresh);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) Show();
        }
        catch (OperationCanceledException)
        {
            if (live) output.WriteLine();
        }
    }

    /// <summary>The line as it would be shown.</summary>
    internal static string Compose(RunProgress run, double framesPerSecond, int clients) => string.Create(
        CultureInfo.InvariantCulture,
        $"step {run.Step:N0} · {run.StepsPerSecond:N0} steps/s · {framesPerSecond:N0} frames/s · {clients} {(clients == 1 ? "window" : "windows")}");

    private void Show()
    {
        uint frames = host.Audience.Published;
        int clients = host.Audience.Count;
        string line = Compose(progress(), (frames - published) / Refresh.TotalSeconds, clients);
        published = frames;
        if (live) output.Write($"\r\e[2K{line[..Math.Min(line.Length, Math.Max(0, Console.WindowWidth - 1))]}");
        else if (clients != shownClients || ++quiet >= QuietRefreshes) output.WriteLine(line);
        else return;
        (shownClients, quiet) = (clients, 0);
        output.Flush();
    }
}
